"""Designs that were once only for measuring and are developed against now: forms and letters, one a module.

There are two sets of them. The first: state, inpatient, referral, captions, clinic_letter, dictated. The second:
outpatient_review, medical_assistance, referral_or_therapy, pharmacy_benefit, surgery_precertification, surgeon_letter,
order_letter. The other modules are what they draw with.
"""
