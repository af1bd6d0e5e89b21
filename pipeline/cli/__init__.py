"""The command ``counterframe``: one thin command a function; data on stdout, progress on stderr."""
