"""Places, people to ask, publications, documents and derived terms of a study record."""

from __future__ import annotations

from trialpages.model.registry.fields import Fields
from trialpages.model.trial import (
    Contact,
    LargeDocument,
    Location,
    MeshTerm,
    Official,
    Reference,
    SeeAlsoLink,
)
from trialpages.model.vocabulary import OVERALL_STATUSES


def contacts_and_locations(protocol: Fields) -> dict[str, object]:
    """Return where people take part, whom to ask and who leads the study."""
    module = protocol.section("contactsLocationsModule")
    return {
        "locations": tuple(filter(None, map(_location, module.rows("locations")))),
        "central_contacts": _contacts(module, "centralContacts"),
        "overall_officials": tuple(
            Official(name=name, affiliation=row.text("affiliation"), role=row.text("role"))
            for row in module.rows("overallOfficials")
            if (name := row.name("name"))
        ),
    }


def _location(row: Fields) -> Location | None:
    """Return a place; without a city the country or the hospital still tells where it is."""
    city, country, facility = row.text("city"), row.text("country"), row.text("facility")
    if not (city or country or facility):
        row.refuse("found a place without city, country and facility")
        return None
    point = row.section("geoPoint")
    latitude, longitude = point.number("lat", -90, 90), point.number("lon", -180, 180)
    if latitude is None or longitude is None:
        latitude = longitude = None
    return Location(
        city=city or "",
        country=country or "",
        facility=facility,
        status=row.code("status", OVERALL_STATUSES),
        state=row.text("state"),
        zip=row.text("zip"),
        latitude=latitude,
        longitude=longitude,
        contacts=_contacts(row, "contacts"),
    )


def _contacts(module: Fields, key: str) -> tuple[Contact, ...]:
    found = (
        Contact(
            name=row.text("name"),
            role=row.text("role"),
            phone=row.text("phone"),
            phone_ext=row.text("phoneExt"),
            email=row.text("email"),
        )
        for row in module.rows(key)
    )
    return tuple(contact for contact in found if contact.name or contact.phone or contact.email)


def references(protocol: Fields) -> dict[str, object]:
    """Return publications and pages elsewhere."""
    module = protocol.section("referencesModule")
    return {
        "references": tuple(
            Reference(
                citation=citation,
                pmid=row.text("pmid"),
                type=row.text("type"),
                retractions=tuple(filter(None, map(_retraction, row.rows("retractions")))),
            )
            for row in module.rows("references")
            if (citation := row.markup_name("citation"))
        ),
        "see_also_links": tuple(
            SeeAlsoLink(url=url, label=row.markup("label"))
            for row in module.rows("seeAlsoLinks")
            if (url := row.name("url"))
        ),
    }


def _retraction(row: Fields) -> str | None:
    source, pmid = row.text("source"), row.text("pmid")
    if source and pmid:
        return f"{source} (PubMed {pmid})"
    return source or (f"PubMed {pmid}" if pmid else None)


def documents(study: Fields) -> dict[str, object]:
    """Return the documents that the registry holds."""
    module = study.section("documentSection", "largeDocumentModule")
    return {"large_documents": tuple(map(_document, module.rows("largeDocs")))}


def _document(row: Fields) -> LargeDocument:
    return LargeDocument(
        label=row.text("label"),
        filename=row.text("filename"),
        date=row.date("date"),
        upload_date=row.text("uploadDate"),
        size=row.count("size"),
        has_protocol=row.flag("hasProtocol") or False,
        has_statistical_analysis_plan=row.flag("hasSap") or False,
        has_consent_form=row.flag("hasIcf") or False,
    )


def derived(study: Fields) -> dict[str, object]:
    """Return the subject headings that the registry derived, and the countries that left."""
    section = study.section("derivedSection")
    conditions = section.section("conditionBrowseModule")
    interventions = section.section("interventionBrowseModule")
    return {
        "condition_meshes": _mesh_terms(conditions, "meshes"),
        "condition_ancestors": _mesh_terms(conditions, "ancestors"),
        "intervention_meshes": _mesh_terms(interventions, "meshes"),
        "intervention_ancestors": _mesh_terms(interventions, "ancestors"),
        "removed_countries": section.section("miscInfoModule").texts("removedCountries"),
    }


def _mesh_terms(module: Fields, key: str) -> tuple[MeshTerm, ...]:
    return tuple(
        MeshTerm(id=mesh_id, term=term)
        for row in module.rows(key)
        if (mesh_id := row.name("id")) and (term := row.name("term"))
    )
