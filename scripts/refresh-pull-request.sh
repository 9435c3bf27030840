#!/bin/sh
# Put refreshed registry records on one branch, and open or update one pull request with them.
#
# Run it on the base branch, after `trialpages import --refresh --report REPORT.md`: of all that is changed there only
# the files registry.json are taken. Nothing is overwritten: commits that editors have added to the branch stay, no push
# is forced, words above the mark in the pull request's text stay, and the checkout is left as it is (the branch is made
# in a folder of its own). Nothing changed, nothing opened. The same records again, no new commit.
#
# usage: scripts/refresh-pull-request.sh REPORT.md
#   BASE            the branch that the pull request goes into (main)
#   BRANCH          the branch that it comes from (registry-refresh)
#   CHECK_WORKFLOW  the file name of a workflow to start on the branch after a push (none)
# It needs git with the remote `origin`, and GitHub's command `gh`, signed in or with GH_TOKEN.
set -eu

report=${1:?usage: scripts/refresh-pull-request.sh REPORT.md}
base=${BASE:-main}
branch=${BRANCH:-registry-refresh}
title="Refresh the registry records"
mark="<!-- What follows is written anew with each refresh. Words above this line stay. -->"
most_bytes=64000 # GitHub takes 65,536 letters for the text of a pull request.

if [ ! -s "$report" ]; then
    echo "There is no report '$report': nothing was imported, and nothing is opened."
    exit 0
fi
report=$(cd "$(dirname "$report")" && pwd)/$(basename "$report")
cd "$(git rev-parse --show-toplevel)"

work=$(mktemp -d)
clean_up() {
    git worktree remove --force "$work/tree" 2>/dev/null || true
    rm -rf "$work"
}
trap clean_up EXIT

# Git asks `gh` for the key when it needs one, so that none lies on the disk.
at_origin() { git -c credential.helper= -c 'credential.helper=!gh auth git-credential' "$@"; }

records() { # that differ between two trees, chosen by further options of git
    from=$1 to=$2
    shift 2
    git -c core.quotePath=false diff --no-renames "$@" "$from" "$to" -- ':(top,glob)**/registry.json'
}

# --- What was imported, as a tree of git; the index of the checkout stays as it is.
now=$(git rev-parse HEAD)
cp "$(git rev-parse --git-path index)" "$work/index"
GIT_INDEX_FILE=$work/index git add -- ':(top,glob)**/registry.json' 2>/dev/null || true
imported=$(GIT_INDEX_FILE=$work/index git write-tree)

# --- What stands on the branch already.
old=
answer=0
at_origin ls-remote --exit-code --heads origin "refs/heads/$branch" >/dev/null || answer=$?
if [ "$answer" = 0 ]; then
    at_origin fetch --quiet origin "+refs/heads/$branch:refs/remotes/origin/$branch"
    old=$(git rev-parse "refs/remotes/origin/$branch")
elif [ "$answer" != 2 ]; then # 2 says that there is no such branch.
    echo "The remote 'origin' cannot be asked; nothing is opened." >&2
    exit 1
fi
number=$(gh pr list --head "$branch" --base "$base" --state open --json number,isCrossRepository \
    --jq 'map(select(.isCrossRepository | not))[0].number // empty')

# --- Which records the branch lacks.
records "$now" "$imported" --name-only --diff-filter=d >"$work/wanted"
if [ -n "$number" ]; then
    fork=$(git merge-base "$now" "$old")
    records "$fork" "$old" --name-only --diff-filter=d >"$work/there"
    # An editor who takes a trial away on the branch does not get its record back.
    records "$fork" "$old" --name-only --diff-filter=D >"$work/gone"
    {
        grep -vxF -f "$work/there" "$work/wanted" || true
        # What has changed on both sides would be a conflict for whoever merges.
        records "$fork" "$now" --name-only --diff-filter=d | grep -xF -f "$work/there" || true
        # Where only the day of the copy is another, the record says nothing new.
        records "$old" "$imported" --numstat -I '"versionHolder"' --diff-filter=M | cut -f 3
    } >"$work/lacking"
    grep -vxF -f "$work/gone" "$work/lacking" >"$work/wanted" || true
fi
if [ ! -s "$work/wanted" ]; then
    echo "No record has changed${number:+ since pull request $number was last updated}: nothing is opened."
    exit 0
fi

# --- The branch: as it stands while its pull request is open, and from the base anew when it is not.
merge() { git -C "$work/tree" merge --quiet --no-edit "$@"; }

merge_base_branch() {
    if merge -m "Merge branch '$base' into $branch" "$now" >/dev/null 2>&1; then return; fi
    git -C "$work/tree" diff --name-only --diff-filter=U >"$work/conflicts"
    if grep -v 'registry\.json$' "$work/conflicts"; then
        git -C "$work/tree" merge --abort || true
        echo "Pull request $number and $base have changed these files in different ways, so it is left as it is." >&2
        echo "Merge $base into $branch by hand, or close the pull request: the next refresh then opens a new one." >&2
        exit 1
    fi
    # Which version of a record wins is no question here: the imported one comes over it. Taken away is taken away.
    while read -r path; do
        git -C "$work/tree" checkout --quiet --theirs -- "$path" 2>/dev/null || echo "$path" >>"$work/gone"
        if grep -qxF -e "$path" "$work/gone"; then git -C "$work/tree" rm --quiet --force -- "$path"; fi
    done <"$work/conflicts"
    git -C "$work/tree" add --update
    git -C "$work/tree" commit --quiet -m "Merge branch '$base' into $branch"
}

if [ -n "$number" ]; then
    git worktree add --quiet --detach "$work/tree" "$old"
    merge_base_branch
else
    git worktree add --quiet --detach "$work/tree" "$now"
    if [ -n "$old" ] && ! git merge-base --is-ancestor "$old" "$now"; then
        # What an earlier pull request left there is no part of this one, but stays in the branch's history.
        merge --strategy ours -m "Begin $branch anew from $base" "$old"
    fi
fi
GIT_LITERAL_PATHSPECS=1 git -C "$work/tree" checkout --quiet --pathspec-from-file="$work/wanted" "$imported"
if ! git -C "$work/tree" diff --cached --quiet; then
    git -C "$work/tree" commit --quiet -m "$title" -m "$(sed -n 1p "$report")"
fi
if ! at_origin -C "$work/tree" push --quiet origin "HEAD:refs/heads/$branch"; then
    echo "The branch $branch was not pushed: somebody may have pushed to it just now. The next refresh goes on." >&2
    exit 1
fi

# --- The pull request.
kept=
if [ -n "$number" ]; then
    kept=$(gh pr view "$number" --json body --jq .body | tr -d '\r' | awk -v mark="$mark" '$0 == mark { exit } { print }')
fi
{
    if [ -n "$kept" ]; then printf '%s\n\n' "$kept"; fi
    printf '%s\n' "$mark"
    room=$((most_bytes - $(printf '%s' "$kept" | wc -c)))
    if [ "$room" -lt 1 ]; then room=1; fi
    if [ "$(wc -c <"$report")" -le "$room" ]; then
        cat "$report"
    else
        # The last line that was begun is left out: it may end within a letter.
        head -c "$room" "$report" | sed '$d'
        printf '\nThe report is longer than a pull request can hold; the changed files show the rest.\n'
    fi
} >"$work/body.md"
if [ -n "$number" ]; then
    gh api --silent --method PATCH "repos/{owner}/{repo}/pulls/$number" -F "body=@$work/body.md"
    echo "Pull request $number is updated."
elif ! gh pr create --base "$base" --head "$branch" --title "$title" --body-file "$work/body.md"; then
    echo "The branch $branch is pushed, but no pull request could be opened. In the repository's settings, Actions," >&2
    echo "General, tick 'Allow GitHub Actions to create and approve pull requests'; the next refresh opens it." >&2
    exit 1
fi
if [ -n "${CHECK_WORKFLOW:-}" ]; then gh workflow run "$CHECK_WORKFLOW" --ref "$branch"; fi
