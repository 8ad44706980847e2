"""An identity provider of our own that can lie in each of the ways that a client has to see through."""
