"""The signed-in start page of each role, the programme in numbers, search over everything."""
