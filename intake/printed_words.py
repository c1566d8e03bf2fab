"""Words that request forms, their titles and the heads of medical papers print, in small letters, of four or more.

They are the words of the labels, titles and options that the readers know, and of the field around them. Names of
persons and places do not belong here: a doubtful word is made one of these.
"""

_TEXT = """
    abdomen about accessibility account acquisition action active additional address admin administration
    administrative admission admit admitted advance adverse aetiology after agency allergies allergy allow alpha
    already also alternatives ambulatory amendment amount anatomic anatomical annual answer anticipated apnea appeal
    application appointment approval approved area arterial asked assessment assignment assistant assisted attach
    attached attended attending attention attestation attn auth authorisation authorization authorizations
    authorized autopsy back balance batch bathing because been before begin beginning begins behavioral being below
    beneficiary benefit benefits best bilateral billed billing biopsy birth birthdate blood board body bone both
    brain branch brand brief bronchoscopy build bulletin business call cancel cancellation capacity card cardholder
    cardiac cardiology care carotid carrier case catheterization cause cell center certificate certification
    certified certify chair change changed charge charges chart check chest chief child chiropractic city claim
    claims clearance clerk client clinic clinical clinician code codes colonoscopy comments company complaint
    complete completed completing complications comprehensive computed concurrent condition consent consult
    consultant consultation contact continuation continued continuing contraindication copy correction
    correspondence cost count county course cover coverage covered cpap credential credentials criteria cumulative
    current currently customer cystoscopy cytology daily data date dates days daytime death decision degree delivery
    demographics denial denied density department dermatology dermatopathology describe description detailed details
    determination device dexa diagnoses diagnosis diagnostic dictated different differs digital directions
    disability discharge discipline disclose discontinuation discontinuing dispensed dispensing doctor doctors
    documentation documented dollars doppler dosage dose dosing drug drugs durable duration during each earlier
    echocardiogram elective email emergency emergent employer enclosed encounter ending endoscopy ends enrollee
    enrollees entries environment epidural episode equipment esophagogastroduodenoscopy established estimated
    evaluation evidence exam examination exceeding exception exercises exigent existing expected expedited
    experienced expiration expires explain explanation extension face facility facsimile failed failure family
    federal female file fill final findings first five flow follow followup forename form formulary formulation freq
    frequency frequently from full function functional gastroenterology gender general genetic give given goals
    group guideline hcpcs head health hearing heart height histopathology history hkid holder home hong hospice
    hospital hospitalisation hospitalization hours hsat identification identifier identity imaging impression
    inadequate inches incl including incomplete independent index indicated indication individual info information
    informed infusion initial initials initiation injection injury inpatient instructions insurance insured insurer
    intake internal interval intolerance intolerances issuer item items jcode justification known kong laboratory
    labs language last laterality latest left legal legibly length letter level license licensed life limit
    limitations line lines list local location long lumbar magnetic mail mailing maintenance make male mammogram
    management manual manufacturer marital mark materials measurable medi medicaid medical medically medicare
    medication medications medicine meds member membership memo memorandum mental message microbiology middle mobile
    mobility model modification modifier modifiers mods month months more motion name national necessary necessity
    need needed network neurological neurology neuropsychological next night nights nocturnal nonurgent normal note
    notes notice notification nuclear number nurse nursing object observation occupational office often ongoing only
    onset operation operative order ordered ordering orders organization original orthopedic other outcome
    outpatient overnight oxygen page pages pain parent part participating past pathology patient patients payer
    pelvis performed performing period person pertinent pharmacy phone photo photograph photographic photographs
    photos physical physician physicians place plan planned please pneumonia policy policyholder polysomnogram
    polysomnography position post postal pounds power practice practices practitioner preauthorization
    precertification preferred prefix preoperative prepared prescribed prescriber prescribing prescription present
    pressure prev previous previously price primary principal print printed prior priority privacy proc procedure
    procedures product profile prognosis programs progress proof proposed prospective provider providing province
    psychiatric pulmonary puncture purchase quantity question questions radiology range rate rationale reaction
    reactions reason reasons reauthorization received recent recert recertification recheck recipient reconciliation
    record records reevaluation refer reference referral referred referring refills regimen region registration
    regular rehabilitation related relationship release relief remarks rendering renewal rent rental rented repair
    reply report representative request requested requester requesting requestor required requirements requisition
    residence resonance response result results retro retrospective return review reviewed reviewer revised revision
    rheumatology right room route routine rush rxgrp safety sample scale scan schedule scheduled school seating
    second secondary section secure security seen select sender sent series service services servicing session
    sessions setting severe sheet side sign signature signed signer signing since site skilled sleep soap social
    sonogram source specialist speciality specialty specify specimen speech spine split staff standard start started
    starting stat state statement status stay step steroid stop stopped stopping street strength study subject
    submission submit submitted submitting subscriber subsequent suite summaries summary supervision supplier
    supplies supply support supporting surgeon surgery surgical surname symptoms system taken taxonomy taxpayer
    telehealth telemedicine telephone test testing tests text that therapies therapist therapy this through thru
    ticket time times timing title titration todays together tomography total town toxicology tracking transfer
    transmission transmittal transthoracic treated treating treatment treatments trial tried type ultrasound unable
    under unit units until update updated upper urgency urgent used using utilization values vendor venous verify
    version visit visits voice ward week weekly weeks weight well wellness what wheelchair when where which whom
    width will with within words work working workup would wound write written year yearly years your yyyy zipcode
    zone
"""

PRINTED_WORDS = frozenset(_TEXT.split())
