"""Settings from the environment, addresses, the web server's entry and the command line."""
