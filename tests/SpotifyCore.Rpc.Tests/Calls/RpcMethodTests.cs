using Google.Protobuf.Reflection;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Contracts;
using SpotifyCore.Rpc.Tests.Contracts;

namespace SpotifyCore.Rpc.Tests.Calls;

public sealed class RpcMethodTests
{
    private static readonly FileDescriptor Contract = EchoReflection.Descriptor;

    [Fact]
    public void Unary_FromTheContract_KnowsItsPath()
    {
        var method = RpcMethod.Unary<EchoRequest, EchoReply>(Contract, "Echo", "Say");

        Assert.Equal("/spotifycore.tests.v1.Echo/Say", method.Path);
        Assert.Equal(RpcCallKind.Unary, method.Kind);
    }

    [Fact]
    public void Unary_NoSuchService_Throws() => Assert.Throws<ArgumentException>(() =>
        RpcMethod.Unary<EchoRequest, EchoReply>(Contract, "Eco", "Say"));

    [Fact]
    public void Unary_NoSuchMethod_Throws() => Assert.Throws<ArgumentException>(() =>
        RpcMethod.Unary<EchoRequest, EchoReply>(Contract, "Echo", "say"));

    [Fact]
    public void Unary_OtherKind_Throws() => Assert.Throws<ArgumentException>(() =>
        RpcMethod.Unary<EchoRequest, EchoReply>(Contract, "Echo", "Count"));

    [Fact]
    public void Unary_OtherRequest_Throws() => Assert.Throws<ArgumentException>(() =>
        RpcMethod.Unary<EchoReply, EchoReply>(Contract, "Echo", "Say"));

    [Fact]
    public void Unary_OtherReply_Throws() => Assert.Throws<ArgumentException>(() =>
        RpcMethod.Unary<EchoRequest, EchoRequest>(Contract, "Echo", "Say"));

    [Theory]
    [InlineData(typeof(AccessPointMethods), "AccessPoint")]
    [InlineData(typeof(LibrarianMethods), "Librarian")]
    [InlineData(typeof(DesktopMethods), "Desktop")]
    public void Methods_OfEachContract_AreAllThere(Type methods, string service)
    {
        FileDescriptor[] contracts =
            [AccessPointReflection.Descriptor, LibrarianReflection.Descriptor, DesktopReflection.Descriptor];
        var descriptor = contracts.SelectMany(contract => contract.Services).Single(one => one.Name == service);

        var bound = methods.GetProperties().ToDictionary(property => property.Name, PathOf);

        Assert.Equal(
            descriptor.Methods.ToDictionary(method => method.Name, method => $"/{descriptor.FullName}/{method.Name}"),
            bound);

        static string PathOf(System.Reflection.PropertyInfo property)
        {
            var method = property.GetValue(null)!;
            return (string)method.GetType().GetProperty("Path")!.GetValue(method)!;
        }
    }
}
