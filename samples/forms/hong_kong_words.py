"""The printed sentences of the Hong Kong form, in English and in Chinese."""

from __future__ import annotations

NOTES = (
    "1. Please complete this form in BLOCK LETTERS and return it with copies of referral letter and reports at least "
    "5 working days before the admission. 請以正楷填寫本表格，連同轉介信及檢查報告副本，於入院前最少五個工作天交回本"
    "公司。",
    "2. Part I and Part IV are completed by the insured and the policyholder, Parts II and III by the attending "
    "doctor at the expense of the insured. 第一及第四部分由受保人及保單持有人填寫，第二及第三部分由主診醫生填寫，所需"
    "費用由受保人自行承擔。",
    "3. Pre-authorisation is an estimate of benefits under the policy and is no promise that a claim will be paid in "
    "full. 預先批核只屬保障估算，並不代表所有費用均獲全數賠償。",
)
DECLARED_BY_DOCTOR = (
    "I certify that I have attended the patient named above and that the particulars in Parts II and III are true "
    "and complete to the best of my knowledge. 本人證明曾親自診治上述病人，並就本人所知，第二及第三部分所填報的資料均"
    "屬真確完整。"
)
CONSENT = (
    "I/We declare that the answers in this form are true and complete, and authorise any doctor, hospital, "
    "laboratory or insurer that holds records of the health of the insured to release them to the Company for the "
    "assessment of this application. A copy of this authorisation is as valid as the original. 本人／我們聲明本表格所"
    "填報的資料均屬真實無誤，並授權任何持有受保人健康紀錄的醫生、醫院、化驗所或保險公司，向本公司提供有關資料以審核本"
    "申請。此授權書的副本與正本具有同等效力。",
    "I/We agree that the Company may settle the charges with the hospital on my/our behalf under a letter of "
    "guarantee, and shall repay within 30 days any amount that exceeds the benefits or is not covered by the policy. "
    "本人／我們同意本公司可根據付款保證書代為向醫院繳付費用，並承諾於三十天內償還超出保障限額或不屬保障範圍的款項。",
    "Personal data are collected for the purpose of this application and are handled as the Company's statement on "
    "personal data describes; a copy is available on request. 所收集的個人資料只用於處理本申請，並按本公司的個人資料"
    "收集聲明處理，如有需要可向本公司索取副本。",
)
FEES = (
    ("Attending doctor's daily fee", "主診醫生每日巡房費"),
    ("Surgeon's fee", "外科醫生費"),
    ("Anaesthetist's fee", "麻醉科醫生費"),
    ("Operating theatre charges", "手術室費"),
    ("Hospital charges", "醫院雜項及房租"),
)
WARDS = (
    ("Standard ward", "普通病房"),
    ("Semi-private room", "半私家房"),
    ("Private room", "私家房"),
    ("Day case", "日間"),
)
SURGERY = (("Minor", "小型"), ("Intermediate", "中型"), ("Major", "大型"), ("Complex", "複雜"))
ANAESTHESIA = (
    ("General 全身", "general"),
    ("Monitored 監察", "monitored"),
    ("Local 局部", "local"),
    ("None 無", "none"),
)
ENCLOSED = (
    ("Referral letter 轉介信", "referral"),
    ("Laboratory / imaging report 檢驗報告", "report"),
    ("Quotation 報價單", "quotation"),
    ("Others 其他", "other"),
)
