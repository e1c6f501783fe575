"""Personal data at rest (N10): versioned keys, encrypted columns, blind indexes, masks, key rotation.

    phone = EncryptedTextField(_("手机号"), blank=True)
    phone_index = BlindIndexField(source="phone", normalise=normalise_phone)

    Person.objects.visible_to(viewer).filter(**blind("phone_index", "138 0013 8000"))

A key is never changed in place: `mingcha make-keys --next` adds a version, `mingcha rotate-keys` brings
every row to it, and only then may the old version leave the environment.
"""
