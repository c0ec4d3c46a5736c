# The startup task: something to sweep. It runs before every start of an instance, so it must be possible to run it again.
touch -t 202001010000 "${ATTIC}old.txt"
touch "${ATTIC}new.txt"
