using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Node.Configuration;
using SpotifyCore.Storage.Vault;

namespace SpotifyCore.Node.Discarding;

/// <summary>
/// Deletes what the access point says nothing shows any more: asks for all such files now and then, and for each that the
/// vault has once more before it goes. What another master gives back meanwhile goes the next time.
/// </summary>
internal sealed class VaultDiscards(
    IVault vault, IOptions<NodeOptions> node, IOptions<DiscardOptions> options, TimeProvider time,
    ILogger<VaultDiscards> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (node.Value.AccessPoint.Length == 0)
            return;

        using var channel = AccessPointChannel.Open(node.Value);
        var accessPoint = new Discards.DiscardsClient(channel);
        using var timer = new PeriodicTimer(options.Value.Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var count = await DiscardAsync(accessPoint, stoppingToken);
                if (count > 0)
                    logger.FilesDiscarded(count);
            }
            catch (Exception failed) when (failed is RpcException or IOException or UnauthorizedAccessException
                && !stoppingToken.IsCancellationRequested)
            {
                logger.DiscardFailed(CallFailure.ReasonOf(failed));
            }
        }
    }

    private async Task<int> DiscardAsync(Discards.DiscardsClient accessPoint, CancellationToken cancellationToken)
    {
        var count = 0;
        ListDiscardsReply page;
        var request = new ListDiscardsRequest();
        do
        {
            page = await accessPoint.ListDiscardsAsync(request, Options(cancellationToken));
            foreach (var id in page.Files.Where(static id => id.Length == FileId.Size))
            {
                var file = FileId.Read(id.Span);
                if (vault.Contains(file)
                    && await vault.DiscardAsync(file, cancelled => MayGoAsync(accessPoint, id, cancelled), cancellationToken))
                    count++;
            }

            request = new ListDiscardsRequest { After = page.Files.LastOrDefault() ?? ByteString.Empty };
        }
        while (page.More);

        return count;
    }

    private static async ValueTask<bool> MayGoAsync(
        Discards.DiscardsClient accessPoint, ByteString file, CancellationToken cancellationToken)
    {
        var reply = await accessPoint.MayDiscardAsync(
            new MayDiscardRequest { File = file }, Options(cancellationToken));
        return reply.May;
    }

    private static CallOptions Options(CancellationToken cancellationToken) =>
        new(deadline: EndpointChannel.In(AccessPointChannel.CallTimeout), cancellationToken: cancellationToken);
}
