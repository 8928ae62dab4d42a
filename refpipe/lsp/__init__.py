"""The language server: what the pipeline knows of an article, in the editor that it is written in.

A class for each feature, thin over ``refpipe.pipeline.editor``; positions are counted as the
protocol counts them, in ``server``.  Started by ``refpipe lsp``.
"""
