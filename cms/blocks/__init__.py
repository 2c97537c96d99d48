"""What editors put pages together from: small blocks, each with one template under templates/cms/blocks."""
