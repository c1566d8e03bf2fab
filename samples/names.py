"""Names to make people, practices and plans of; together they are of no one."""

from __future__ import annotations

from typing import Literal

Sex = Literal["female", "male"]

_WOMEN = (
    "Abigail Adaeze Aiko Alejandra Amara Amina Anjali Anneliese Beatriz Bernadette Bridget Camille Carmen Chiara "
    "Constance Daniela Delphine Dolores Ebony Edith Eleanor Esperanza Fatima Fiona Florence Genevieve Gloria "
    "Gurpreet Hanna Henrietta Ifeoma Imogen Ingrid Irina Jacqueline Jasmine Josephine Kateryna Keiko Keisha Lakshmi "
    "Latoya Leilani Lorraine Lucinda Mai Marguerite Marisol Mei-Ling Miriam Nadia Naomi Ngozi Olga Ophelia Parvati "
    "Patrice Philippa Priya Quyen Rosalind Ruth Samira Shanice Shirin Siobhan Soledad Svetlana Tamika Thandiwe "
    "Theodora Valentina Veronica Wilhelmina Ximena Yasmin Yolanda Yuki Zainab Zsofia"
)
_MEN = (
    "Abdul Adebayo Alistair Ambrose Anselm Arjun Barnaby Bartholomew Benedict Boris Carlos Cedric Chidi Cornelius "
    "Cuong Curtis Darnell Demetrius Desmond Diego Dmitri Eduardo Emeka Enrique Erasmus Ezekiel Farid Fergus Gianluca "
    "Giorgio Gottfried Gustavo Hamza Harpreet Hiroshi Hyun-woo Ibrahim Ignacio Isidore Jamal Javier Jerzy Jorge "
    "Kareem Kenji Kwame Laszlo LeRoy Leopold Lucius Magnus Malik Matthias Minh Mohammed Montgomery Nikolai Obinna "
    "Octavio Osvaldo Percival Quentin Rafael Rajesh Ramon Reginald Rodrigo Rupert Sanjay Seamus Sebastian Stanislaw "
    "Tobias Tremaine Ulrich Vikram Viktor Wendell Xavier Yusuf Zebulon"
)
GIVEN: tuple[tuple[str, Sex], ...] = (
    *((name, "female") for name in _WOMEN.split()),
    *((name, "male") for name in _MEN.split()),
)

_ONE_WORD = (
    "Abernathy Adeyemi Albrecht Alderwick Amankwah Anselmsen Applegarth Aragones Ashgrove Baptiste Barrowclough "
    "Beauregardt Bellweather Benavides Bhattacharya Birchfield Blackthorne Bonaventura Brambleton Brightwater "
    "Castellane Cavendale Chakravarty Chaudhari Cholmond Clearwell Copperthwaite Cordovez Crabtree Cumberdale "
    "Dalgaard Dankworth Delacroisse Desrosiers Diakite Dombrowska Drinkwater Dunmorrow Ekwueme Elderkin Emberly "
    "Escamilla Fairweather Fallowfield Farrokhzad Fennimore Figueredo Fitzwarren Foxworthy Fujimori Gallowglass "
    "Ganapathy Garrisonne Gillespy Goldwasser Greatorex Grzelak Guzzetti Hallowell Hammerschmid Hardcastel Hasegawa "
    "Hawksmoor Heatherington Hernandez Holloway Honeycutt Huckaby Iglesias Ikegami Inglethorpe Iyengar Jankowiak "
    "Jaramillo Jasperson Kaczmarek Kamaka Karavas Kensworthy Khachatryan Kirkbridge Kowalenko Kristoffsen "
    "Kuznetsova Lamplough Larkspur Laurentis Leatherbee Lindqvister Longstaff Lovelock Macadangdang Mandelbrook "
    "Marchbanks Mbatha Meadowcroft Mendizabal Merriweather Mikkelborg Moonan Mukherji Nakagawa Ndlovu Netherwood "
    "Nguyenh Nightingell Nwachukwu Oakenfold Obuchi Okonjo Olafsdottir Ospreay Osterhagen Ostrowski Oyelaran Padgham "
    "Papadakis Patelis Pemberly Pennyworth Peralta Phanthavong Pickersgill Pinkerton Polkinghorne Quackenbush "
    "Quarshie Quennell Quillfeather Quispe Ramaswamy Ravenscar Redfearn Rosenquist Rutherglen Salvatierra Sandoval "
    "Satterfield Scarborow Shevchuk Shimizu Silverthorn Sobczak Somerhalder Stavropoulos Stonecipher Summerbell "
    "Szymborski Tabachnik Takeuchi Tanglewood Tewolde Thackerey Thornquist Tolliver Trevelyne Trinh Truongson "
    "Tumbleston Uchida Underhill Usman Vanterpool Vasilenko Venkataraman Villalobos Vuong Wadsworthy Wainscott "
    "Warsame Weatherspoon Whistlecroft Wojtowicz Wolfensohn Xiong Yarborow Yamashiro Yevtushko Zablocki Zamorano "
    "Zhukova Zimmerli"
)
FAMILY = (
    *_ONE_WORD.split(),
    *("O'Dowlan", "O'Carrick", "O'Shaunnery", "D'Amantis", "N'Dourou", "McAllenby", "MacTavinish"),
    *("de la Fontaina", "de la Rocha", "de los Prados", "van den Heuvelen", "van der Linde", "von Aschberg"),
    *("Del Campora", "Di Rosanti", "St. Clairmont", "La Torrente", "El Amiri", "Al-Rashidi", "Ben Yakov"),
    *("Ames-Villareal", "Garza-Whitlock", "Okafor-Lindell", "Bell-Takahara", "Moreno-Quist", "Hart-Adeleke"),
    *("Nguyen Thi", "Santos Ribera", "Vega Montalban", "Lopez Arriaga", "Reyes Quintanar", "Park Seo"),
)
STREETS = (
    "Larch Hill Road", "Old Mill Lane", "Harbor View Drive", "Juniper Street", "Cobbler Court", "W 4th Street",
    "N Orchard Avenue", "Saddleback Trail", "Quarry Bend Road", "E Lantern Way", "County Road 118", "Ferry Landing",
    "Tamarack Boulevard", "Millrace Place", "Signal Tower Road", "S Canal Street", "Persimmon Circle", "Depot Street",
    "Whitewater Pass", "Sexton Alley", "Paddock Ridge Drive", "Weaver's Row", "Three Oaks Parkway", "Rectory Lane",
)  # fmt: skip
UNITS = ("Apt 4B", "Apt 12", "Unit 207", "# 3", "Lot 18", "Apt 1103", "Bldg C")
SUITES = ("Suite 100", "Suite 210", "Ste 3-B", "Floor 2", "Suite 405", "Bldg 2, Suite 14")
# Towns that are on no map, with postal codes out of the range of their state.
TOWNS = (
    ("Fairhaven Mills", "OH", "44099"), ("Maplebrook", "PA", "15099"), ("Stonebridge", "MI", "48099"),
    ("Cottonwood Bluff", "TX", "77899"), ("Las Palomitas", "TX", "78799"), ("Mesa Quemada", "AZ", "85099"),
    ("Pinon Wells", "NM", "87299"), ("Harrow's Ferry", "NY", "12099"), ("Eastwick Falls", "NY", "14099"),
    ("Saltmarsh Point", "NJ", "08099"), ("Bellhaven", "FL", "33099"), ("Coquina Shores", "FL", "34099"),
    ("Peach Hollow", "GA", "30099"), ("Tupelo Bend", "GA", "31099"), ("Copper Gulch", "CO", "80099"),
    ("Alder Sound", "WA", "98099"), ("Kettle Prairie", "WI", "53099"), ("Loon Narrows", "MN", "55099"),
    ("Grand Sycamore", "IL", "60099"), ("Wheatland Junction", "KS", "67099"), ("Bluegrass Station", "KY", "40099"),
    ("Dogwood Crossing", "NC", "27099"), ("Tidemill", "VA", "23099"), ("Chestnut Neck", "MD", "21099"),
    ("Millstone Harbor", "MA", "02099"), ("Granite Notch", "NH", "03099"), ("Poplar Shoals", "TN", "37099"),
    ("Sagebrush Flat", "NV", "89099"), ("Santa Rosalba", "CA", "93099"), ("Verdugo Heights West", "CA", "91099"),
    ("Crescent Levee", "LA", "70099"), ("Ozark Spring", "MO", "65099"),
)  # fmt: skip
AREA_CODES = {
    "OH": ("216", "614"), "PA": ("412", "717"), "MI": ("313", "616"), "TX": ("512", "713", "210"), "AZ": ("602", "520"),
    "NM": ("505",), "NY": ("518", "716"), "NJ": ("609", "732"), "FL": ("305", "239"), "GA": ("404", "478"),
    "CO": ("303", "719"), "WA": ("206", "253"), "WI": ("414", "608"), "MN": ("612", "218"), "IL": ("312", "815"),
    "KS": ("316",), "KY": ("502", "859"), "NC": ("336", "919"), "VA": ("804", "757"), "MD": ("410",),
    "MA": ("617", "508"), "NH": ("603",), "TN": ("615", "901"), "NV": ("702", "775"), "CA": ("805", "626"),
    "LA": ("504", "318"), "MO": ("573", "417"),
}  # fmt: skip
# What practices and hospitals are called after.
LANDMARKS = (
    "Cedar Ford", "Larkfield", "Twin Bridges", "Harborlight", "Kingfisher", "Mill Pond", "Summit Arbor", "St. Odile",
    "Riverbend", "Foxglove", "Stonegate", "Lantern Hill", "Blue Heron", "Prairie Rose", "Westmarch", "Old Quarry",
    "Sycamore Row", "Tamarack", "Three Creeks", "Windmere", "St. Brannoc", "Juniper Ridge", "Copperfield", "Holloway",
)  # fmt: skip
PLANS = (
    "Larkfield Health Plan", "Summit Arbor Health", "Prairie Lantern Community Plan", "Blue Heron Advantage HMO",
    "Keystone Meadow Medicaid Plan", "Granite Ferry Mutual Health", "Copperline Employers Health Trust",
    "Silverbirch Medicare Complete", "Tidemark Commons Health", "Northgate Family Care Plan", "Harbor & Vale Insurance",
    "Cascade Pines Health Cooperative", "Redwing Valley Health Partners", "Lamplighters Union Benefit Fund",
    "Meadowlark Senior Advantage PPO", "Sunridge Community Health Plan",
)  # fmt: skip
