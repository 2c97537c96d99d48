"""The demo's pages: real counties, villages and goods; the telling is made up and says so."""
