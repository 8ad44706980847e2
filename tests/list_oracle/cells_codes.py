"""The lists of codes of section 3 of the page."""

SEXES = {
    **dict.fromkeys(("m", "man", "jongen", "male"), "male"),
    **dict.fromkeys(("v", "vrouw", "meisje", "f", "female"), "female"),
    **dict.fromkeys(("x", "o"), "unknown"),
}


def _own(codes: str) -> dict[str, str]:
    return {code.lower(): code for code in codes.split()}


CODES = {
    "locations soort": _own(
        "COL COL_AMV POL POA AZC NO TGO DSL HAR LOGEER KWV_AZC KWV_EXT BO NIDOS_FAM NIDOS_KSO"
        " NIDOS_KWG NIDOS_KWE GLO VBL PBL HTL GEM EXT"
    ),
    "care soort": {
        **_own("GZA_INTAKE GZA JGZ GGZ JEUGDHULP SPECIALIST PARAMEDIC DENTAL OTHER"),
        "ziekenhuis": "SPECIALIST",
        "paramedisch": "PARAMEDIC",
        "mondzorg": "DENTAL",
        "tandarts": "DENTAL",
        "overig": "OTHER",
        "anders": "OTHER",
    },
    "school soort": _own(
        "VVE PO_regulier PO_nieuwkomers TNV_TOV SBO SO VO_ISK VO_regulier PRO VSO MBO_entree"
        " MBO_2plus HO ON_LOCATION EXEMPT"
    ),
    "beheerder": {
        **_own("coa gemeente nidos partner private"),
        "particulier": "private",
        "veiligheidsregio": "gemeente",
    },
    "regio": _own("noord midden zuid"),
    "status": {
        **_own("planned confirmed departed arrived cancelled"),
        "gepland": "planned",
        "bevestigd": "confirmed",
        "vertrokken": "departed",
        "aangekomen": "arrived",
        "geannuleerd": "cancelled",
    },
}

# ISO 3166-1 alpha-3.
ISO = """
ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR
BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG
COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH
FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY
HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM
KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL
MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR
NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU
SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA
TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB
VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
"""
MORE = "XXA XXB XXC XXX XKX RKS"  # stateless, refugee, unknown, Kosovo
COUNTRIES = set((ISO + MORE).split())
