"""Who is named in a printed reference: lists of names in every order, and their particles."""
