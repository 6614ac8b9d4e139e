"""The lead officer's pages: the caseload, a case, themes and blockages, the meeting.

One window shows them all, and the screening form beside them; `front` leads from one to the other.
Each section gives its pages and answers its own presses; it reads and writes through `casework`
and holds no rules.
"""
