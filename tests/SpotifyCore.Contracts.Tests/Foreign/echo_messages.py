"""The messages of echo.proto, from the descriptor that the C# side was generated with."""
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory


def load(descriptor):
    with open(descriptor, "rb") as source:
        contract = descriptor_pb2.FileDescriptorProto.FromString(source.read())
    pool = descriptor_pool.DescriptorPool()
    pool.Add(contract)
    factory = message_factory.MessageFactory(pool)
    names = ("EchoRequest", "EchoReply")
    return [factory.GetPrototype(pool.FindMessageTypeByName(f"{contract.package}.{name}")) for name in names]
