"""Countries: their names in the language of the interface.

The registry writes English names. They are found in Babel's list of territories by their English name, or by
another spelling below. A name that neither knows stays as it is, and so does every name on an English
site; no name is guessed.
"""

from __future__ import annotations

from functools import lru_cache

from trialpages.words.language import current, is_english

UNITED_STATES = "United States"
"""Where a state says more than the country to those who live there."""

SPELLINGS = {
    "Antigua and Barbuda": "AG",
    "Bosnia and Herzegovina": "BA",
    "Brunei Darussalam": "BN",
    "Burma": "MM",
    "Congo": "CG",
    "Congo, Republic of": "CG",
    "Congo, The Democratic Republic of the": "CD",
    "Cote D'Ivoire": "CI",
    "Curacao": "CW",
    "Czech Republic": "CZ",
    "Côte D'Ivoire": "CI",
    "Democratic Republic of the Congo": "CD",
    "East Timor": "TL",
    "Federated States of Micronesia": "FM",
    "Holy See (Vatican City State)": "VA",
    "Hong Kong": "HK",
    "Iran, Islamic Republic of": "IR",
    "Ivory Coast": "CI",
    "Korea, Democratic People's Republic of": "KP",
    "Korea, Republic of": "KR",
    "Lao People's Democratic Republic": "LA",
    "Libyan Arab Jamahiriya": "LY",
    "Macao": "MO",
    "Macau": "MO",
    "Macedonia": "MK",
    "Macedonia, The Former Yugoslav Republic of": "MK",
    "Micronesia, Federated States of": "FM",
    "Moldova, Republic of": "MD",
    "Myanmar": "MM",
    "Palestine, State of": "PS",
    "Palestinian Territories, Occupied": "PS",
    "Palestinian Territory": "PS",
    "Palestinian Territory, Occupied": "PS",
    "Palestinian Territory, occupied": "PS",
    "Reunion": "RE",
    "Russian Federation": "RU",
    "Saint Kitts and Nevis": "KN",
    "Saint Lucia": "LC",
    "Saint Martin": "MF",
    "Saint Vincent and the Grenadines": "VC",
    "Sao Tome and Principe": "ST",
    "Swaziland": "SZ",
    "Syrian Arab Republic": "SY",
    "Tanzania, United Republic of": "TZ",
    "The Bahamas": "BS",
    "The Gambia": "GM",
    "The Netherlands": "NL",
    "Trinidad and Tobago": "TT",
    "Turkey": "TR",
    "Turkey (Türkiye)": "TR",
    "UK": "GB",
    "USA": "US",
    "United States of America": "US",
    "Viet Nam": "VN",
    "Virgin Islands (U.S.)": "VI",
}
"""The code of a country by a spelling, of the registry or of others, that is not Babel's English name."""


def country_name(name: str) -> str:
    """Return a country, named in English, as the language of the interface names it.

    >>> country_name("Korea, Republic of")
    'Korea, Republic of'
    """
    return name if is_english() else _translated(current(), name)


@lru_cache(maxsize=1024)
def _translated(language: str, name: str) -> str:
    from babel import Locale

    code = SPELLINGS.get(name) or _codes().get(name)
    return str(Locale.parse(language, sep="-").territories.get(code, name)) if code else name


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    from babel import Locale

    return {str(name): code for code, name in Locale("en").territories.items() if code.isalpha()}


def town_name(city: str, state: str | None, country: str) -> str:
    """Return a town with its state in the United States, and with its country elsewhere."""
    region = state if state and country == UNITED_STATES else country_name(country)
    return ", ".join(part for part in (city, region) if part)
