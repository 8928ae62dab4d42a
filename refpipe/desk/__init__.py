"""The desk: what a writer or editor needs, on pages in her own browser.

Server-rendered, and useful without JavaScript; it calls ``refpipe.pipeline`` as the commands do
and holds no logic of its own.  ``app`` keeps everybody else out.
"""
