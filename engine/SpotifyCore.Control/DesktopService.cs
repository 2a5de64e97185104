using System.Globalization;
using Grpc.Core;
using SpotifyCore.Client;
using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Offline;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using static SpotifyCore.Control.ControlCalls;
using Status = SpotifyCore.Contracts.Status;

namespace SpotifyCore.Control;

/// <summary>The desktop's control API (desktop.proto) over a client, which stays the caller's.</summary>
internal sealed class DesktopService(SpotifyClient client) : Desktop.DesktopBase
{
    private readonly KnownTracks _known = new(client);

    public override Task<DesktopLoginReply> Login(DesktopLoginRequest request, ServerCallContext context) =>
        AnswerAsync(async () =>
        {
            await client.LogInAsync(request.Name, request.Password, context.CancellationToken);
            return new DesktopLoginReply { Name = client.Account };
        });

    public override Task SignIn(
        DesktopSignInRequest request, IServerStreamWriter<DesktopSignInNotice> responseStream, ServerCallContext context) =>
        TellAsync(responseStream, async show =>
        {
            await client.SignIns.LogInAsync(
                request.Provider, request.Account?.ToWish(), show, context.CancellationToken);
            return new DesktopSignInNotice { Name = client.Account };
        });

    public override Task Link(
        DesktopLinkRequest request, IServerStreamWriter<DesktopSignInNotice> responseStream, ServerCallContext context) =>
        TellAsync(responseStream, async show =>
        {
            await client.SignIns.LinkAsync(
                request.Provider, request.Proof.ToProof(), show, context.CancellationToken);
            return new DesktopSignInNotice { Name = client.Account };
        });

    public override Task Unlink(
        DesktopUnlinkRequest request, IServerStreamWriter<DesktopSignInNotice> responseStream, ServerCallContext context) =>
        TellAsync(responseStream, async show => new DesktopSignInNotice
        {
            Unlinked = new UnlinkReply
            {
                Ended = await client.SignIns.UnlinkAsync(
                    request.Provider, request.Proof.ToProof(), show, context.CancellationToken),
            },
        });

    public override Task ChangePassword(
        DesktopChangePasswordRequest request, IServerStreamWriter<DesktopSignInNotice> responseStream,
        ServerCallContext context) => TellAsync(responseStream, async show => new DesktopSignInNotice
        {
            Password = new ChangePasswordReply
            {
                Ended = await client.Accounts.ChangePasswordAsync(
                    request.Password, request.Proof.ToProof(), show, context.CancellationToken),
            },
        });

    public override Task ChangeEmail(
        DesktopChangeEmailRequest request, IServerStreamWriter<DesktopSignInNotice> responseStream,
        ServerCallContext context) => TellAsync(responseStream, async show => new DesktopSignInNotice
        {
            Email = new ChangeEmailReply
            {
                CodeSent = await client.Accounts.ChangeEmailAsync(
                    request.Email, request.Proof.ToProof(), show, context.CancellationToken),
            },
        });

    public override Task<DesktopProviders> ListProviders(ListProvidersRequest request, ServerCallContext context) =>
        AnswerAsync(async () => new DesktopProviders
        {
            Names = { await client.SignIns.ListProvidersAsync(context.CancellationToken) },
        });

    public override Task<LinkList> ListLinks(ListLinksRequest request, ServerCallContext context) =>
        AnswerAsync(async () => (await client.SignIns.ListLinksAsync(context.CancellationToken)).ToMessage());

    public override Task<RegisterReply> Register(RegisterRequest request, ServerCallContext context) =>
        AnswerAsync(async () => new RegisterReply
        {
            Name = await client.Accounts.RegisterAsync(request.ToRegistration(), context.CancellationToken),
        });

    public override Task<Profile> GetProfile(GetProfileRequest request, ServerCallContext context) =>
        AnswerAsync(async () => (await client.Accounts.GetProfileAsync(context.CancellationToken)).ToMessage());

    public override Task<Profile> SetProfile(SetProfileRequest request, ServerCallContext context) =>
        AnswerAsync(async () => (request.HasDisplayName
            ? await client.Accounts.SetDisplayNameAsync(request.DisplayName, context.CancellationToken)
            : await client.Accounts.GetProfileAsync(context.CancellationToken)).ToMessage());

    public override Task<SessionList> ListSessions(ListSessionsRequest request, ServerCallContext context) =>
        AnswerAsync(async () => (await client.Accounts.ListSessionsAsync(context.CancellationToken)).ToMessage());

    public override Task<EndSessionsReply> EndSessions(EndSessionsRequest request, ServerCallContext context) =>
        AnswerAsync(async () =>
        {
            if (request.Client.Length == 0)
            {
                return new EndSessionsReply
                {
                    Ended = await client.Accounts.EndOtherSessionsAsync(context.CancellationToken),
                };
            }

            if (request.Client.Length != PeerId.Size)
                throw CallFailure.Of(StatusCode.InvalidArgument, "That is no client's id.");

            await client.Accounts.EndSessionAsync(PeerId.Read(request.Client.Span), context.CancellationToken);
            return new EndSessionsReply { Ended = 1 };
        });

    public override Task<NewInvitation> Invite(InviteRequest request, ServerCallContext context) =>
        AnswerAsync(async () => (await client.Accounts.InviteAsync(context.CancellationToken)).ToMessage());

    public override Task<InvitationList> ListInvitations(ListInvitationsRequest request, ServerCallContext context) =>
        AnswerAsync(async () => (await client.Accounts.ListInvitationsAsync(context.CancellationToken)).ToMessage());

    public override Task<NewAppPassword> AddAppPassword(AddAppPasswordRequest request, ServerCallContext context) =>
        AnswerAsync(async () => new NewAppPassword
        {
            Password = await client.Accounts.AddAppPasswordAsync(request.Name, context.CancellationToken),
        });

    public override Task<AppPasswordList> ListAppPasswords(ListAppPasswordsRequest request, ServerCallContext context) =>
        AnswerAsync(async () => (await client.Accounts.ListAppPasswordsAsync(context.CancellationToken)).ToMessage());

    public override Task<RemoveAppPasswordReply> RemoveAppPassword(
        RemoveAppPasswordRequest request, ServerCallContext context) =>
        AnswerAsync(async () => new RemoveAppPasswordReply
        {
            Ended = await client.Accounts.RemoveAppPasswordAsync(request.Name, context.CancellationToken),
        });

    public override Task<SendVerificationReply> SendVerification(
        SendVerificationRequest request, ServerCallContext context) => AnswerAsync(async () => new SendVerificationReply
        {
            Email = await client.Accounts.SendVerificationAsync(context.CancellationToken),
        });

    public override Task<VerifyEmailReply> VerifyEmail(VerifyEmailRequest request, ServerCallContext context) =>
        AnswerAsync(async () => new VerifyEmailReply
        {
            Name = await client.Accounts.VerifyEmailAsync(request.Code, context.CancellationToken),
        });

    public override Task<AskPasswordResetReply> AskPasswordReset(
        AskPasswordResetRequest request, ServerCallContext context) => AnswerAsync(async () =>
        {
            await client.Accounts.AskPasswordResetAsync(request.Name, context.CancellationToken);
            return new AskPasswordResetReply();
        });

    public override Task<ResetPasswordReply> ResetPassword(ResetPasswordRequest request, ServerCallContext context) =>
        AnswerAsync(async () => new ResetPasswordReply
        {
            Name = await client.Accounts.ResetPasswordAsync(request.Code, request.Password, context.CancellationToken),
        });

    public override Task<DesktopSearchReply> Search(SearchRequest request, ServerCallContext context) =>
        AnswerAsync(async () =>
        {
            var search = new CatalogueSearch(request.Query)
            {
                Limit = request.Limit,
                Offset = request.Offset,
                Order = (CatalogueOrder)request.Order,
                Groups = request.Groups,
                GroupOffset = request.GroupOffset,
            };
            var found = await client.SearchAsync(search, context.CancellationToken);
            _known.Learn(found.Tracks);
            var reply = new DesktopSearchReply
            {
                More = found.HasMore, Offline = found.IsOffline, Incomplete = found.IsIncomplete,
            };
            reply.Tracks.AddRange(found.Tracks.Select(track => track.ToMessage()));
            reply.Artists.AddRange(found.Artists);
            reply.Albums.AddRange(found.Albums.Select(static album => album.ToMessage()));
            return reply;
        });

    public override Task<ListNamesReply> ListNames(ListNamesRequest request, ServerCallContext context) =>
        AnswerAsync(async () =>
        {
            var listing = new NameListing((ListedKind)request.Kind, request.Beginning)
            {
                After = request.After, Limit = request.Limit,
            };
            var page = await client.ListNamesAsync(listing, context.CancellationToken);
            _known.Learn(page.Tracks);
            var reply = new ListNamesReply { Next = page.Next, Incomplete = page.IsIncomplete };
            reply.Artists.AddRange(page.Artists);
            reply.Albums.AddRange(page.Albums.Select(static album => album.ToMessage()));
            reply.Tracks.AddRange(page.Tracks.Select(static track => track.ToMessage()));
            return reply;
        });

    public override Task<Album> GetAlbum(GetAlbumRequest request, ServerCallContext context) =>
        AnswerAsync(async () =>
        {
            var album = await client.GetAlbumAsync(request.Album, context.CancellationToken);
            _known.Learn(album.Tracks);
            return album.ToMessage();
        });

    public override Task<PlayReply> Play(PlayRequest request, ServerCallContext context) => AnswerAsync(async () =>
    {
        var play = await client.PlayAsync(Parse(request.Tracks));
        return new PlayReply { Play = play.ToMessage(), Track = _known.Of(play.Described).ToMessage() };
    });

    public override Task<PlayHereReply> PlayHere(PlayHereRequest request, ServerCallContext context) => AnswerAsync(async () =>
    {
        var (play, device, position) = await client.Handover.PlayHereAsync(context.CancellationToken);
        return new PlayHereReply
        {
            Play = play.ToMessage(),
            Track = _known.Of(play.Described).ToMessage(),
            Device = device,
            PositionMs = (long)position.TotalMilliseconds,
        };
    });

    public override Task<QueueReply> Enqueue(EnqueueRequest request, ServerCallContext context) =>
        AnswerAsync(async () =>
        {
            var tracks = Parse(request.Tracks);
            await (request.Next ? client.EnqueueNextAsync(tracks) : client.EnqueueAsync(tracks));
            return await QueueAsync();
        });

    public override Task<QueueReply> RemoveFromQueue(RemoveFromQueueRequest request, ServerCallContext context) =>
        AnswerAsync(async () =>
        {
            if (await client.RemoveFromQueueAsync(request.Entries) == 0)
                ThrowNoEntry();

            return await QueueAsync();
        });

    public override Task<QueueReply> MoveInQueue(MoveInQueueRequest request, ServerCallContext context) =>
        AnswerAsync(async () =>
        {
            if (request.Place < 1)
                throw CallFailure.Of(StatusCode.InvalidArgument, "Places are counted from 1, which plays next.");

            if (!await client.MoveInQueueAsync(request.Entry, request.Place))
                ThrowNoEntry();

            return await QueueAsync();
        });

    public override Task<QueueReply> ClearQueue(ClearQueueRequest request, ServerCallContext context) =>
        AnswerAsync(async () =>
        {
            await client.ClearQueueAsync();
            return await QueueAsync();
        });

    public override Task<Status> PlayEntry(PlayEntryRequest request, ServerCallContext context) => DoAsync(async () =>
    {
        if (!await client.PlayEntryAsync(request.Entry))
            ThrowNoEntry();
    });

    public override Task<Status> SetRepeat(SetRepeatRequest request, ServerCallContext context) =>
        DoAsync(() => client.SetRepeatAsync(request.Repeat.ToMode()));

    public override Task<Status> SetShuffle(SetShuffleRequest request, ServerCallContext context) =>
        DoAsync(() => client.SetShuffleAsync(request.Shuffled));

    public override Task<Status> SetVolume(SetVolumeRequest request, ServerCallContext context)
    {
        if (request.Percent is < 0 or > 100)
            throw CallFailure.Of(StatusCode.InvalidArgument, "The volume is 0 to 100 percent.");

        return DoAsync(() => client.SetVolumeAsync(request.Percent));
    }

    public override Task<Status> SetCrossfade(SetCrossfadeRequest request, ServerCallContext context)
    {
        var length = TimeSpan.FromMilliseconds(request.LengthMs);
        if (length < TimeSpan.Zero || length > SpotifyClient.LongestCrossfade)
        {
            var most = SpotifyClient.LongestCrossfade.TotalSeconds;
            throw CallFailure.Of(StatusCode.InvalidArgument, $"A crossfade is 0 to {most} seconds.");
        }

        return DoAsync(() => client.SetCrossfadeAsync(length));
    }

    public override Task<Status> Pause(PauseRequest request, ServerCallContext context) =>
        DoPlayingAsync(client.PauseAsync);

    public override Task<Status> Resume(ResumeRequest request, ServerCallContext context) =>
        DoPlayingAsync(client.ResumeAsync);

    public override Task<Status> Next(NextRequest request, ServerCallContext context) =>
        DoPlayingAsync(client.NextAsync);

    public override Task<Status> Previous(PreviousRequest request, ServerCallContext context) =>
        DoPlayingAsync(client.PreviousAsync);

    public override Task<Status> Stop(StopRequest request, ServerCallContext context) => DoAsync(client.StopAsync);

    public override Task<Status> Seek(SeekRequest request, ServerCallContext context) => AnswerAsync(async () =>
    {
        if (request.PositionMs < 0)
            throw CallFailure.Of(StatusCode.InvalidArgument, "A position can't be negative.");

        var position = TimeSpan.FromMilliseconds(Math.Min(request.PositionMs, int.MaxValue));
        var status = await client.GetStatusAsync();
        if (status.Track is { } track && track.Duration > TimeSpan.Zero && position > track.Duration)
        {
            throw CallFailure.Of(
                StatusCode.OutOfRange, $"The track is {Clock(track.Duration)} long; there is no {Clock(position)} in it.");
        }

        return await DoPlayingAsync(() => client.SeekAsync(position));
    });

    public override async Task Watch(
        WatchRequest request, IServerStreamWriter<Status> responseStream, ServerCallContext context)
    {
        await foreach (var status in client.WatchAsync(IntervalOf(request), context.CancellationToken))
            await responseStream.WriteAsync(status.ToMessage(), context.CancellationToken);
    }

    public override Task<DesktopLogOutReply> LogOut(DesktopLogOutRequest request, ServerCallContext context) =>
        AnswerAsync(async () =>
        {
            await client.LogOutAsync();
            return new DesktopLogOutReply();
        });

    public override Task<Stats> GetStats(GetStatsRequest request, ServerCallContext context) => AnswerAsync(async () =>
    {
        var stats = (await client.GetStatisticsAsync()).ToMessage();
        stats.Uploads = (await client.GetUploadsAsync()).ToMessage();
        return stats;
    });

    public override Task<Uploads> GetUploads(GetUploadsRequest request, ServerCallContext context) =>
        AnswerAsync(async () => (await client.GetUploadsAsync()).ToMessage());

    public override Task<Uploads> SetUploads(SetUploadsRequest request, ServerCallContext context) => AnswerAsync(async () =>
    {
        if (request.MaxBytesPerSecond < 0 || request.MonthlyBytes < 0)
            throw CallFailure.Of(StatusCode.InvalidArgument, "A figure can't be negative.");

        var before = request.Reset ? await client.SetUploadsAsync(null) : await client.GetUploadsAsync();
        var wanted = UploadMessages.Change(before.Settings, request);
        return (wanted == before.Settings ? before : await client.SetUploadsAsync(wanted)).ToMessage();
    });

    public override Task<QueueReply> GetQueue(GetQueueRequest request, ServerCallContext context) =>
        AnswerAsync(QueueAsync);

    public override Task<Status> GetStatus(GetStatusRequest request, ServerCallContext context) =>
        AnswerAsync(StatusAsync);

    private async Task<QueueReply> QueueAsync()
    {
        var queue = await client.GetQueueAsync();
        await _known.LookUpAsync(queue.Select(static queued => queued.Track));
        var reply = new QueueReply();
        reply.Entries.AddRange(queue.Select(queued => (queued with { Track = _known.Of(queued.Track) }).ToMessage()));
        reply.Advert = await client.GetStatusAsync() is { IsAdvert: true } advert ? advert.Track?.ToMessage() : null;
        return reply;
    }

    public override Task<DesktopOfflineItem> AddOffline(AddOfflineRequest request, ServerCallContext context) =>
        AnswerAsync(async () => (request.Sort == OfflineSort.Album
            ? await client.Offline.AddAlbumAsync(request.Id, context.CancellationToken)
            : await client.Offline.AddTrackAsync(ParseOne(request.Id), context.CancellationToken)).ToMessage());

    public override Task<RemoveOfflineReply> RemoveOffline(RemoveOfflineRequest request, ServerCallContext context) =>
        AnswerAsync(async () => await client.Offline.RemoveAsync(request.Sort.ToKind(), request.Id)
            ? new RemoveOfflineReply()
            : throw CallFailure.Of(StatusCode.NotFound, "That is not kept offline."));

    public override Task<DesktopOfflineItems> ListOffline(ListOfflineRequest request, ServerCallContext context) =>
        Task.FromResult(client.Offline.List().ToMessage());

    public override Task<DesktopOffline> GetOffline(GetOfflineRequest request, ServerCallContext context) =>
        AnswerAsync(async () => (await client.Offline.GetStatusAsync()).ToMessage());

    public override Task WatchOffline(
        WatchRequest request, IServerStreamWriter<DesktopOffline> responseStream, ServerCallContext context) =>
        AnswerAsync(async () =>
        {
            await foreach (var status in client.Offline.WatchAsync(IntervalOf(request), context.CancellationToken))
                await responseStream.WriteAsync(status.ToMessage(), context.CancellationToken);

            return true;
        });

    public override Task<OfflineDeviceList> ListOfflineDevices(
        ListOfflineDevicesRequest request, ServerCallContext context) => AnswerAsync(async () =>
            (await client.Offline.ListDevicesAsync(context.CancellationToken)).ToMessage());

    public override Task<GiveUpOfflineDeviceReply> GiveUpOfflineDevice(
        GiveUpOfflineDeviceRequest request, ServerCallContext context) => AnswerAsync(async () =>
        {
            if (request.Client.Length is not (0 or PeerId.Size))
                throw CallFailure.Of(StatusCode.InvalidArgument, "That is no client's id.");

            var device = request.Client.Length == 0 ? client.Id : PeerId.Read(request.Client.Span);
            await client.Offline.GiveUpDeviceAsync(device, context.CancellationToken);
            return new GiveUpOfflineDeviceReply();
        });

    private async Task<Status> StatusAsync() => (await client.GetStatusAsync()).ToMessage();

    private Task<Status> DoPlayingAsync(Func<Task> command) => AnswerAsync(async () =>
    {
        if (await client.GetStatusAsync() is { State: PlayerState.Stopped } && (await client.GetQueueAsync()).Count == 0)
            throw CallFailure.Of(StatusCode.NotFound, "Nothing is playing.");

        return await DoAsync(command);
    });

    private static string Clock(TimeSpan time) =>
        time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    private Task<Status> DoAsync(Func<Task> command) => AnswerAsync(async () =>
    {
        await command();
        return await StatusAsync();
    });

    private static void ThrowNoEntry() =>
        throw CallFailure.Of(StatusCode.NotFound, "The queue has no such entry any more.");

    private TrackInfo[] Parse(IReadOnlyList<string> tracks)
    {
        if (tracks.Count is 0 or > 10_000)
            throw CallFailure.Of(StatusCode.InvalidArgument, "Name 1 to 10,000 tracks.");

        return [.. tracks.Select(text => _known.Of(ParseOne(text)))];
    }

    private static Task<bool> TellAsync(
        IServerStreamWriter<DesktopSignInNotice> notices, Func<Func<Uri, Task>, Task<DesktopSignInNotice>> signIn) =>
        AnswerAsync(async () =>
        {
            await notices.WriteAsync(await signIn(
                address => notices.WriteAsync(new DesktopSignInNotice { Address = address.AbsoluteUri })));
            return true;
        });
}
