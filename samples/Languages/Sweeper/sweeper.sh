# Throws away the files of the attic that are older than the setting says. An orderly stop is the signal TERM.
trap 'echo "The sweeper puts the broom away"; exit 0' TERM
echo "Sweeping what is older than $KEEP_MINUTES minutes"
while true; do
	find "$ATTIC" -type f -mmin "+$KEEP_MINUTES" -print -delete | while read -r file; do
		echo "Swept ${file##*/}"
	done
	sleep 60 &
	wait $!
done
