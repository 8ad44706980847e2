"""Mutation testing of what must not break: crypto, keys, policy, guard, reach, door and trail (ADR 0048)."""
