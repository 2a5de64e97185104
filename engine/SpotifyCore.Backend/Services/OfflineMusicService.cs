using Grpc.Core;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Services;

/// <summary>The service of offline.proto, each method handed to those who answer it.</summary>
internal sealed class OfflineMusicService(OfflineCalls offline, OfflineDeviceCalls devices) : OfflineMusic.OfflineMusicBase
{
    public override Task<OfflineRight> KeepTracks(KeepTracksRequest request, ServerCallContext context) =>
        offline.KeepAsync(request, context);

    public override Task<GiveUpTracksReply> GiveUpTracks(GiveUpTracksRequest request, ServerCallContext context) =>
        offline.GiveUpAsync(request, context);

    public override Task<OpenedTrack> OpenKeptTrack(OpenKeptTrackRequest request, ServerCallContext context) =>
        offline.OpenAsync(request, context);

    public override Task<OfflineRenewal> RenewOffline(RenewOfflineRequest request, ServerCallContext context) =>
        offline.RenewAsync(context);

    public override Task<OfflineDeviceList> ListOfflineDevices(
        ListOfflineDevicesRequest request, ServerCallContext context) => devices.ListAsync(context);

    public override Task<GiveUpOfflineDeviceReply> GiveUpOfflineDevice(
        GiveUpOfflineDeviceRequest request, ServerCallContext context) => devices.GiveUpAsync(request, context);
}
