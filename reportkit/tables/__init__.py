"""Data in workbooks: cells, tables, the tree of Nodes they make, and the forms to hand out."""
