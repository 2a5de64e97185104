using SpotifyCore.Backend.Accounts;
using SpotifyCore.Rpc.Contracts;
using SpotifyCore.Rpc.Serving;

namespace SpotifyCore.Backend.Services;

/// <summary>The service of librarian.proto, bound to its handlers; all of it wants the role "import".</summary>
internal static class LibrarianService
{
    public static RpcService Create(CallerGate gate, LibrarianCalls calls) =>
        new RpcServiceBuilder(LibrarianReflection.Descriptor.Services[0])
            .Gate(call =>
            {
                gate.Admit(call, AccountRoles.Import);
                return ValueTask.CompletedTask;
            })
            .Unary<GetMastersRequest, Masters>("GetMasters", calls.GetMastersAsync)
            .Unary<FindSourceRequest, FindSourceReply>("FindSource", calls.FindSourceAsync)
            .Unary<DeriveKeyRequest, DeriveKeyReply>("DeriveKey", calls.DeriveKeyAsync)
            .Unary<AddTrackRequest, AddTrackReply>("AddTrack", calls.AddTrackAsync)
            .Build();
}
