"""A small square that can be dragged: it offers the given files as another program would (`text/uri-list`)."""

import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

X, Y, SIZE = 1100, 50, 100

uris = [GLib.filename_to_uri(path, None) for path in sys.argv[1:]]
window = Gtk.Window(title="dragsource", type=Gtk.WindowType.POPUP)
window.set_default_size(SIZE, SIZE)
window.move(X, Y)
square = Gtk.EventBox()
window.add(square)
square.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
square.drag_source_add_uri_targets()
square.connect("drag-data-get", lambda _widget, _context, data, _info, _time: data.set_uris(uris))
square.connect("drag-end", lambda *_: GLib.timeout_add(200, Gtk.main_quit))
window.connect("map-event", lambda *_: print("ready", flush=True))
window.show_all()
GLib.timeout_add_seconds(30, Gtk.main_quit)
Gtk.main()
