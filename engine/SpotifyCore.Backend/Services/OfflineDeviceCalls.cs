using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Backend.Offline;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>The devices on which an account keeps music: seen and ended whatever its plan is.</summary>
internal sealed class OfflineDeviceCalls(OfflineStore store)
{
    public Task<OfflineDeviceList> ListAsync(ServerCallContext call)
    {
        var session = CallerGate.SessionOf(call);
        var list = new OfflineDeviceList { MaxDevices = OfflineStore.MaxDevices, MaxTracks = OfflineStore.MaxTracks };
        list.Devices.AddRange(store.List(session.Account).Select(device => new OfflineDevice
        {
            Client = ByteString.CopyFrom(device.Peer.Bits.ToArray()),
            Device = device.Name,
            Tracks = device.Tracks,
            SinceUnixMs = device.Since,
            SeenUnixMs = device.Seen,
            Current = device.Peer == session.Peer,
        }));
        return Task.FromResult(list);
    }

    public Task<GiveUpOfflineDeviceReply> GiveUpAsync(GiveUpOfflineDeviceRequest request, ServerCallContext call)
    {
        var session = CallerGate.SessionOf(call);
        var peer = request.Client.Length switch
        {
            0 => session.Peer,
            PeerId.Size => PeerId.Read(request.Client.Span),
            _ => throw CallFailure.Of(StatusCode.InvalidArgument, "That is no client's id."),
        };
        return store.End(session.Account, peer)
            ? Task.FromResult(new GiveUpOfflineDeviceReply())
            : throw CallFailure.Of(StatusCode.NotFound, "The account keeps nothing on such a device.");
    }
}
