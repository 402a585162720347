"""How notices become deliveries: order, throttles, retries, fallbacks. Pure: time is handed in."""
