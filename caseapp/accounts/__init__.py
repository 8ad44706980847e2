"""Who works here: sign-in, sessions, roles and grants."""
