"""A site made in process, and its pages as the editor's panel looks at them, without a server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import sites
from lxml import html

from trialpages.machine.memo import open_memo
from trialpages.pages.site_pages import site_pages
from trialpages.preview.memory.closure import closure_of
from trialpages.preview.panel.block import Block
from trialpages.preview.panel.blocks import blocks
from trialpages.preview.panel.page_input import PageInput, SiteSources
from trialpages.preview.panel.trial_sources import TrialSources
from trialpages.site.context import TrialContext
from trialpages.site.contexts import ContextIndex, trial_context
from trialpages.site.site import Site, assemble
from trialpages.site.staleness import on_day
from trialpages.stages.build import MEMO_NAME, build
from trialpages.stages.content import Content, read_content
from trialpages.stages.decoding import decode_state
from trialpages.stages.inputs import overlay
from trialpages.stages.options import Options, silent
from trialpages.stages.trials import decode_trials
from trialpages.words.language import Language

STEP = re.compile(
    r"(?P<tag>[a-z][a-z0-9]*)?(?:#(?P<id>[\w-]+))?(?P<classes>(?:\.[\w-]+)*)"
    r'(?:\[(?P<name>[\w-]+)="?(?P<value>[^"\]]*)"?\])?(?::nth-of-type\((?P<nth>[0-9]+)\))?'
)
LONG_LISTS = {"places": "trial_places.html", "adverse-events": "trial_adverse_events.html"}


@dataclass
class BuiltSite:
    """A built site, and what its pages were made from."""

    options: Options

    @staticmethod
    def of(site: Path, **changes: object) -> BuiltSite:
        """Build a site."""
        made = BuiltSite(sites.options(site, **changes))
        report = build(made.options)
        assert report.published, report.diagnostics
        return made

    @cached_property
    def content(self) -> Content:
        """The content as it was built."""
        return read_content(self.options, [])

    @cached_property
    def site(self) -> Site:
        """All trials together."""
        content, memo = self.content, open_memo(self.options.cache / MEMO_NAME)
        state = decode_state(
            self.options.directory,
            content.config,
            content.snapshot,
            content.shared,
            "made up",
            {},
            Language(),
        )
        try:
            trials = decode_trials(self.options, memo, content, state, [], silent)
        finally:
            memo.close()
        cards = on_day(trials.cards, content.config, self.options.today)
        return assemble(cards, content.shared, content.config)

    def context(self, trial_id: str) -> TrialContext:
        """What a trial's page shows of others."""
        card = self.site.by_id[trial_id]
        return trial_context(card, ContextIndex(self.site), self.content.config, self.options.today)

    def sources(self) -> SiteSources:
        """The shared files as they are now."""
        directory = self.options.directory
        templates = overlay(self.options, self.options.templates, "templates")
        own = {
            path.relative_to(directory / "templates").as_posix()
            for path in directory.glob("templates/**/*.html")
        }
        settings = next(
            (path for path in (directory / "content/site.yaml", directory / "site.yaml") if path.exists()),
            None,
        )
        texts = {
            path.relative_to(directory).as_posix(): path.read_bytes()
            for path in directory.glob("content/**/*")
            if path.is_file() and path.parent.parent.name != "trials"
        }
        return SiteSources(
            content="content/",
            texts=texts,
            settings_path=settings.relative_to(directory).as_posix() if settings else "content/site.yaml",
            settings=settings.read_bytes() if settings else None,
            shared=self.content.shared,
            language=self.content.config.language,
            templates={name: data.decode() for name, data in templates.contents.items()},
            shown=templates.shown,
            own_templates=frozenset(own),
        )

    def trial(self, trial_id: str) -> TrialSources:
        """A trial's files as they are now."""
        folder = self.options.content / "trials" / trial_id
        files = {path.name: path.read_bytes() for path in sorted(folder.glob("*"))}
        content = self.content
        found = content.trials[trial_id]
        member = None
        if found.member and content.snapshot and "registry.json" not in files:
            member = content.snapshot.read(found.member)
        return TrialSources(
            trial_id=trial_id,
            folder=f"content/trials/{trial_id}" if files else "",
            files=files,
            member=member,
            member_path=f"{content.config.registry}!{found.member.name}" if found.member else "",
            member_has_lines=bool(found.member and found.member.position is None),
        )

    def look(self, address: str) -> PageInput:
        """The page at an address as the panel looks at it."""
        path = f"{address}index.html" if not address or address.endswith("/") else address
        html = (self.options.output / path).read_text("utf-8")
        page = next(
            (
                each
                for each in site_pages(self.site, self.content.config, self.content.prose)
                if each.url == address
            ),
            None,
        )
        sources = self.sources()
        if page is not None:
            closure = closure_of(page.template, sources.templates)
            return PageInput(
                path=path,
                url=address,
                kind=page.kind,
                html=html,
                site=sources,
                template=page.template,
                closure=closure,
            )
        trial_id, *rest = address.removeprefix("trials/").strip("/").split("/")
        template = LONG_LISTS[rest[0]] if rest else "trial.html"
        context = self.context(trial_id)
        return PageInput(
            path=path,
            url=f"trials/{trial_id}/",
            kind="trial",
            html=html,
            site=sources,
            template=template,
            closure=closure_of(template, sources.templates),
            trial=self.trial(trial_id),
            context=context,
            events_of=self.trial(context.source_trial.card.trial_id) if context.source_trial else None,
        )

    def blocks(self, address: str) -> dict[str, Block]:
        """The blocks of a page by their ids."""
        found = blocks(self.look(address))
        assert len({block.id for block in found}) == len(found), "two blocks have one id"
        return {block.id: block for block in found}


def elements_at(page: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """Return the elements that a selector of a block finds; only what such selectors need is understood."""
    path = ""
    for combinator, step in re.findall(r"(^| > | )((?:\[[^\]]*\]|[^ >])+)", selector):
        found = STEP.fullmatch(step)
        assert found, f"the test does not understand {step!r} in {selector!r}"
        conditions = [f"@id='{found['id']}'"] if found["id"] else []
        names = found["classes"].split(".")[1:]
        conditions += [f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in names]
        if found["name"]:
            conditions.append(f"@{found['name']}='{found['value']}'")
        where = "".join(f"[{each}]" for each in conditions)
        if found["nth"]:
            tag = found["tag"]
            where += f"[count(preceding-sibling::{tag}) = {int(found['nth']) - 1}]"
        path += f"{'/' if combinator == ' > ' else '//'}{found['tag'] or '*'}{where}"
    return list(page.xpath(path))
