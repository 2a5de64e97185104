using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Backend.Adverts;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Keys;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using Session = SpotifyCore.Backend.Accounts.Session;

namespace SpotifyCore.Backend.Services;

/// <summary>Gives the key of what is opened: that of the track, or first that of an advert.</summary>
internal sealed class TrackKeys(ContentKeys keys, CatalogueReader catalogue, AdvertBreaks adverts, PlanOptions plans)
{
    /// <summary>Puts file and key of what is to be played into the answer, and until when that key is good.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="opened">The track.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="session">Who asks.</param>
    /// <param name="plan">What that account may do.</param>
    /// <returns>The file that is played next, the advert's where one is due.</returns>
    public FileId Give(
        OpenedTrack reply, OpenableFile opened, OpenTrackRequest request, Session session, SessionPlan plan)
    {
        var turn = plan.Entitlement.HasAdverts
            ? adverts.Take(
                session.Account.Id, opened.Track.Track_, TimeSpan.FromMilliseconds(opened.Track.DurationMs),
                ReadEnd(request.Advert))
            : AdvertTurn.None;
        if (turn.Due is { } due)
            return GiveAdvert(reply, due, plan.Entitlement, opened.BitsPerSecond);

        var key = keys.Derive(opened.PlaintextHash);
        reply.File = ByteString.CopyFrom(opened.File);
        reply.Manifest = ByteString.CopyFrom(opened.Manifest);
        reply.ContentKey = ByteString.CopyFrom(key);
        reply.AskEachTime = turn.HasAdverts;
        reply.KeyUntilUnixMs = UntilOf(turn, plan, opened);
        return FileId.Read(opened.File);
    }

    // Who is to hear adverts plays on without being asked for no longer than to the next one.
    private long UntilOf(AdvertTurn turn, SessionPlan plan, OpenableFile opened)
    {
        var until = plan.HoldsUntil(entitlement => entitlement.Allows(opened.BitsPerSecond));
        var untilAdvert = turn.HasAdverts ? plan.Now + plans.AdvertEvery : Subscription.NoEnd;
        var first = until < untilAdvert ? until : untilAdvert;
        return first == Subscription.NoEnd ? 0 : first.ToUnixTimeMilliseconds();
    }

    private FileId GiveAdvert(OpenedTrack reply, AdvertBreak due, Entitlement entitlement, int bits)
    {
        var file = catalogue.OpenRecording(due.Recording, bits, entitlement.MaxBitsPerSecond);
        var key = keys.Derive(file.PlaintextHash);
        reply.Advert = new DueAdvert
        {
            Impression = ByteString.CopyFrom(due.Impression),
            Recording = due.Recording,
            Title = due.Title,
            Campaign = due.Campaign,
            DurationMs = (int)due.Length.TotalMilliseconds,
            File = ByteString.CopyFrom(file.File),
            Manifest = ByteString.CopyFrom(file.Manifest),
            ContentKey = ByteString.CopyFrom(key),
            WaitMs = (long)Math.Ceiling(due.Wait.TotalMilliseconds),
        };
        return FileId.Read(file.File);
    }

    private static AdvertEnding? ReadEnd(AdvertEnd? end)
    {
        if (end is null)
            return null;
        if (end.Impression.Length != ImpressionId.Size)
            throw CallFailure.Of(StatusCode.InvalidArgument, $"An impression has {ImpressionId.Size} bytes.");

        return new AdvertEnding(end.Impression.ToByteArray(), end.Failed);
    }
}
