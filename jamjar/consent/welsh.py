"""The Welsh words of a notice: its sentences, purposes, details, months, and what the jars and totals are called.

Warning: these are a translation by the makers of Jamjar; an organisation has them read by a Welsh speaker before use.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PURPOSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "dpv:RequestedServiceProvision": "i roi i chi'r gwasanaeth y gofynnoch amdano",
        "dpv:ProvidePersonalisedRecommendations": "i roi cyngor i chi sy'n addas i'ch cyllideb",
        "dpv:CustomerCare": "i ofalu amdanoch ac ateb eich cwestiynau",
        "dpv:NonCommercialResearch": "ar gyfer ymchwil na wneir er elw",
        "dpv:ImprovePublicServices": "i wella gwasanaethau cyhoeddus",
    }
)
MONTHS: Final = (
    *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin"),
    *("Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
)
DETAILS: Final = {
    "lines": "pob llinell",
    "total": "y cyfanswm yn unig",
    "covered": "dim ond a yw'ch incwm yn ddigon ar ei gyfer, ydy neu nac ydy",
    "threshold": "dim ond a yw o leiaf neu ar y mwyaf swm y mae'n gofyn amdano, a chi sy'n penderfynu bob tro",
}
NAMED_DETAILS: Final = {"value": "ei werth"}
TIMES: Final = {1: "unwaith", 3: "3 gwaith", 12: "12 gwaith"}
VIEW: Final = "Caiff edrych, ond ni chaiff gadw dim."
STORE: Final = "Caiff gadw'r hyn a ddangosir iddo am {keep} diwrnod, ac yna rhaid iddo ei ddileu."
ABOUT: Final = "Yn ei eiriau ei hun: “{about}”"
QUESTIONS: Final = "Faint o gwestiynau o'r fath: {most} ar y mwyaf, am un ffigur neu swm. Mae pob ateb yn edrychiad."
OF_SET: Final = "Mae {name} (aelod {number} o'r cyfriflyfr) yn gofyn am gael gweld rhan o'ch set o werthoedd “{set}”."
SENTENCES: Final = """\
Mae {name} (aelod {number} o'r cyfriflyfr) yn gofyn am gael gweld rhan o'ch cyllideb.
At ba ddiben: {purpose}.
{about}Beth fyddai'n ei weld: {seen}.
O ba ddyddiau: {first} hyd {last}.
{kept}
{questions}Pa mor aml: {times} ar y mwyaf. Cofnodir pob edrychiad cyn iddo ddigwydd, a gallwch ei weld.
Am ba hyd: {days} diwrnod ar y mwyaf o'r diwrnod y cytunwch.
Rhaid i chi ei gadarnhau eto o leiaf bob {reconfirm} diwrnod; os na wnewch, ni all neb edrych nes i chi wneud hynny.
Gallwch ddod â hyn i ben unrhyw bryd, heb roi rheswm, ac ni all neb wrthod hynny.
Ni ellir cymryd yn ôl yr hyn a ddangoswyd cyn hynny.
Nid oes rhaid i chi gytuno. Nid yw gwrthod yn newid dim arall i chi, ac ni ddywedir wrth neb arall.
Cwestiynau: “{contact}”"""
LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "income": "Incwm",
        "fixed": "Costau sefydlog",
        "flexible": "Costau hyblyg",
        "savings": "Cynilion",
        "debts": "Dyledion",
        "outgoings": "Yr holl wariant",
        "balance": "Yr hyn sydd ar ôl neu ar goll",
        "income.earnings": "Enillion",
        "income.benefits": "Budd-daliadau",
        "income.pensions": "Pensiynau a geir",
        "income.other": "Incwm arall",
        "fixed.home": "Cartref",
        "fixed.utilities": "Cyfleustodau",
        "fixed.water": "Dŵr",
        "fixed.care": "Gofal ac iechyd",
        "fixed.transport": "Cludiant",
        "fixed.school": "Ysgol",
        "fixed.cover": "Pensiynau ac yswiriant",
        "fixed.professional": "Costau proffesiynol",
        "fixed.essential": "Costau hanfodol eraill",
        "flexible.leisure": "Cyfathrebu a hamdden",
        "flexible.food": "Bwyd a chadw tŷ",
        "flexible.personal": "Personol",
        "income.earnings.salary": "Cyflog",
        "income.earnings.partner": "Cyflog partner",
        "income.earnings.other": "Enillion eraill",
        "income.benefits.universal-credit": "Credyd Cynhwysol neu gredydau treth",
        "income.benefits.jobseekers-allowance": "Lwfans Ceisio Gwaith",
        "income.benefits.income-support": "Cymhorthdal Incwm",
        "income.benefits.child-benefit": "Budd-dal Plant",
        "income.benefits.employment-and-support-allowance": "Lwfans Cyflogaeth a Chymorth",
        "income.benefits.disability": "Budd-daliadau anabledd",
        "income.benefits.carers-allowance": "Lwfans Gofalwr",
        "income.benefits.housing": "Lwfans tai",
        "income.benefits.council-tax-support": "Cymorth y dreth gyngor",
        "income.benefits.other": "Budd-daliadau eraill",
        "income.pensions.state": "Pensiwn y wladwriaeth",
        "income.pensions.private": "Pensiwn preifat neu bensiwn gwaith",
        "income.pensions.pension-credit": "Credyd Pensiwn",
        "income.pensions.other": "Pensiynau eraill",
        "income.other.maintenance": "Cynhaliaeth a geir",
        "income.other.boarders": "Lletywyr",
        "income.other.non-dependants": "Cyfraniadau rhai nad ydynt yn ddibynyddion",
        "income.other.student": "Benthyciadau a grantiau myfyrwyr",
        "income.other.other": "Unrhyw incwm arall",
        "fixed.home.rent": "Rhent",
        "fixed.home.service-charges": "Taliadau gwasanaeth",
        "fixed.home.mortgage": "Morgais",
        "fixed.home.secured-loans": "Benthyciadau gwarantedig",
        "fixed.home.council-tax": "Treth gyngor",
        "fixed.home.appliance-rental": "Rhentu offer",
        "fixed.home.tv-licence": "Trwydded deledu",
        "fixed.home.other": "Costau cartref eraill",
        "fixed.utilities.gas": "Nwy",
        "fixed.utilities.electricity": "Trydan",
        "fixed.utilities.other": "Tanwydd a chyfleustodau eraill",
        "fixed.water.supply": "Cyflenwad dŵr",
        "fixed.water.waste": "Dŵr gwastraff",
        "fixed.care.childcare": "Gofal plant",
        "fixed.care.adult-care": "Gofal oedolion",
        "fixed.care.child-maintenance": "Cynhaliaeth plant a delir",
        "fixed.care.prescriptions": "Presgripsiynau a meddyginiaethau",
        "fixed.care.dentist-and-optician": "Deintydd ac optegydd",
        "fixed.care.other": "Costau gofal ac iechyd eraill",
        "fixed.transport.public-transport": "Cludiant cyhoeddus",
        "fixed.transport.hire-purchase": "Hurbwrcas cerbyd",
        "fixed.transport.car-insurance": "Yswiriant car",
        "fixed.transport.road-tax": "Treth ffordd",
        "fixed.transport.mot": "MOT a chynnal a chadw",
        "fixed.transport.breakdown-cover": "Yswiriant torri i lawr",
        "fixed.transport.fuel-and-parking": "Tanwydd a pharcio",
        "fixed.transport.other": "Costau cludiant eraill",
        "fixed.school.uniform": "Gwisg ysgol",
        "fixed.school.clubs-and-trips": "Clybiau a theithiau ysgol",
        "fixed.school.other": "Costau ysgol eraill",
        "fixed.cover.pension": "Cyfraniadau pensiwn",
        "fixed.cover.insurance": "Yswiriant, heblaw yswiriant car",
        "fixed.professional.costs": "Costau proffesiynol y gwaith",
        "fixed.essential.other": "Unrhyw gostau hanfodol eraill",
        "flexible.leisure.home-phone-internet-tv": "Ffôn cartref, rhyngrwyd a theledu",
        "flexible.leisure.mobile": "Ffôn symudol",
        "flexible.leisure.hobbies": "Hobïau, chwaraeon a mynd allan",
        "flexible.leisure.gifts": "Anrhegion",
        "flexible.leisure.pocket-money": "Arian poced",
        "flexible.leisure.newspapers": "Papurau newydd, cylchgronau a llyfrau",
        "flexible.leisure.other": "Costau hamdden eraill",
        "flexible.food.groceries": "Bwyd a nwyddau",
        "flexible.food.nappies-and-baby": "Clytiau ac eitemau babi",
        "flexible.food.school-or-work-meals": "Prydau ysgol neu waith",
        "flexible.food.laundry": "Golchi a glanhau",
        "flexible.food.alcohol": "Alcohol",
        "flexible.food.smoking": "Ysmygu",
        "flexible.food.pets": "Anifeiliaid anwes",
        "flexible.food.repairs": "Atgyweirio'r cartref",
        "flexible.food.other": "Costau cadw tŷ eraill",
        "flexible.personal.clothing": "Dillad ac esgidiau",
        "flexible.personal.hairdressing": "Trin gwallt",
        "flexible.personal.toiletries": "Pethau ymolchi",
        "flexible.personal.other": "Costau personol eraill",
        "debts.priority": "Dyledion blaenoriaeth",
        "debts.non-priority": "Dyledion heb flaenoriaeth",
    }
)
"""Label by code, for every code of `jamjar.consent.labels`."""
