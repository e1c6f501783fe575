from mingcha.registry.registers import InspectorRegister, RecusalRegister, SubjectRegister

app_name = "registry"
urlpatterns = [*SubjectRegister.urls(), *InspectorRegister.urls(), *RecusalRegister.urls()]
