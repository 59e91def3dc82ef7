"""A random arrangement of a city in which nothing is wrong, with all that looks wrong and is not.

Dimensions are split, ranked, joint or ruled by a paper; duties have one lead or several that are joint or ranked;
what is needed is held; what is delegated is supervised; what is handed over has arrived.
"""

from __future__ import annotations

import random

from govgraph.check.mutation.bodies import STREETS_A_DISTRICT, add_district, add_street, add_top
from govgraph.check.mutation.city import City
from govgraph.check.mutation.draft import Draft
from govgraph.check.mutation.people import add_posts, add_seconded
from govgraph.check.mutation.words import Names
from govgraph.check.mutation.work import add_works


def clean_city(case_id: str, seed: int, size: int) -> City:
    """Return a clean city.

    Args:
        case_id: the case's id, which all ids begin with.
        seed: the same seed and size give the same city.
        size: subdistricts and townships, at least 2.
    """
    dice = random.Random(f"{seed}/{size}")
    city = City(Draft(case_id), dice, Names(dice))
    add_top(city)
    while len(city.streets) < max(size, 2):
        district = add_district(city)
        for _ in range(min(STREETS_A_DISTRICT, max(size, 2) - len(city.streets))):
            add_street(city, district)
    add_posts(city)
    add_seconded(city)
    add_works(city)
    return city
