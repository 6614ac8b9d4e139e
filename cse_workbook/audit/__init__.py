"""How are the questions of an audit asked again, with figures that may be published?

A notebook begins with `inquiry.begin` and asks an `Inquiry`. `running.run` runs a notebook with its
parameters into a folder, `running.verify` runs it again and compares, `many.run_each` runs it for
each agency. Nothing is imported here: a notebook needs none of what starts notebooks.
"""
