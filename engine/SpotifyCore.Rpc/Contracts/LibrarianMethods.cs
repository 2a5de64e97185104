using Google.Protobuf.Reflection;
using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Contracts;

/// <summary>
/// The methods of the Librarian service:
/// what an import asks of the access point. The contract is librarian.proto.
/// </summary>
public static class LibrarianMethods
{
    private const string Service = "Librarian";

    private static FileDescriptor Contract => LibrarianReflection.Descriptor;

    /// <summary><see cref="GetMastersRequest"/> there, <see cref="Masters"/> back.</summary>
    public static RpcMethod<GetMastersRequest, Masters> GetMasters { get; } =
        RpcMethod.Unary<GetMastersRequest, Masters>(Contract, Service, "GetMasters");

    /// <summary><see cref="FindSourceRequest"/> there, <see cref="FindSourceReply"/> back.</summary>
    public static RpcMethod<FindSourceRequest, FindSourceReply> FindSource { get; } =
        RpcMethod.Unary<FindSourceRequest, FindSourceReply>(Contract, Service, "FindSource");

    /// <summary><see cref="DeriveKeyRequest"/> there, <see cref="DeriveKeyReply"/> back.</summary>
    public static RpcMethod<DeriveKeyRequest, DeriveKeyReply> DeriveKey { get; } =
        RpcMethod.Unary<DeriveKeyRequest, DeriveKeyReply>(Contract, Service, "DeriveKey");

    /// <summary><see cref="AddTrackRequest"/> there, <see cref="AddTrackReply"/> back.</summary>
    public static RpcMethod<AddTrackRequest, AddTrackReply> AddTrack { get; } =
        RpcMethod.Unary<AddTrackRequest, AddTrackReply>(Contract, Service, "AddTrack");
}
