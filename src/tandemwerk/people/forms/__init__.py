"""Forms about accounts and persons; other rooms ask about people with ``persons.PersonForm``."""
