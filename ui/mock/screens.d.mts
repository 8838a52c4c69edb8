export const SCREENS: Record<string, string>;
export function address(base: string, steps: string): string;
