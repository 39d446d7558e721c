"""One outbox for everything that is said to somebody, in their language, once."""
