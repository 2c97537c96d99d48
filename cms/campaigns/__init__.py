"""Campaigns as editors run them and as pages show them; what they are lies in marketplace.campaigns."""
