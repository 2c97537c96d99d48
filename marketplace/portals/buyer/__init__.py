"""The portal of institutions (采购单位): ask, approve, accept, pay."""
