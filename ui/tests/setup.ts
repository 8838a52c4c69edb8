// What the test document lacks and every real engine has.
HTMLElement.prototype.showPopover ??= () => undefined;
HTMLElement.prototype.scrollIntoView ??= () => undefined;
