"""An article's text: find what is cited and listed, weave the rendering back."""
