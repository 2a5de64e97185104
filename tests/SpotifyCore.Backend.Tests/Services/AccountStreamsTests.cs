using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>An account plays on one device at a time.</summary>
public sealed class AccountStreamsTests(BackendFixture backend) : IClassFixture<BackendFixture>
{
    [Fact]
    public async Task Play_OnAnotherDevice_IsToldTheFirst()
    {
        await using var first = await OnlineClient.GoAsync(backend, "ann", 71);
        await using var second = await OnlineClient.GoAsync(backend, "ann", 72);

        await first.PlayAsync();
        await first.HasBeenHeardAsync(backend);
        await second.PlayAsync();
        await first.ReadTakenAsync();
        await first.PlayAsync(false);
        await first.PlayAsync();

        await second.ReadTakenAsync();
        Assert.DoesNotContain(await first.ReadToEndAsync(), IsTaken);
    }

    [Fact]
    public async Task Play_ResumedWhileAnotherPlays_IsTheOneThatIsTold()
    {
        await using var first = await OnlineClient.GoAsync(backend, "bob", 73);
        await using var second = await OnlineClient.GoAsync(backend, "bob", 74);

        await first.PlayAsync();
        await first.HasBeenHeardAsync(backend);
        await second.PlayAsync(isResumed: true);

        await second.ReadTakenAsync();
        Assert.DoesNotContain(await first.ReadToEndAsync(), IsTaken);
    }

    [Fact]
    public async Task Play_OfAnotherAccount_OrWhereNothingPlaysAnyMore_TakesNothing()
    {
        await using var ann = await OnlineClient.GoAsync(backend, "cid", 75);
        await using var paused = await OnlineClient.GoAsync(backend, "dot", 76);
        await using var gone = await OnlineClient.GoAsync(backend, "dot", 77);
        await using var last = await OnlineClient.GoAsync(backend, "dot", 78);

        await ann.PlayAsync();
        await paused.PlayAsync();
        await paused.PlayAsync(false);
        Assert.DoesNotContain(await paused.ReadToEndAsync(), IsTaken);
        await gone.PlayAsync(isResumed: true);
        Assert.DoesNotContain(await gone.ReadToEndAsync(), IsTaken);
        await last.PlayAsync(isResumed: true);
        Assert.DoesNotContain(await last.ReadToEndAsync(), IsTaken);
        Assert.DoesNotContain(await ann.ReadToEndAsync(), IsTaken);
    }

    [Fact]
    public async Task Play_OfTheSameClientThatCameAnew_TakesNothing()
    {
        await using var before = await OnlineClient.GoAsync(backend, "crowd", 79);
        await before.PlayAsync();
        await using var anew = await OnlineClient.GoAsync(backend, "crowd", 79);
        await anew.PlayAsync(isResumed: true);

        Assert.DoesNotContain(await anew.ReadToEndAsync(), IsTaken);
    }

    private static bool IsTaken(ServerNotice notice) => notice.NoticeCase == ServerNotice.NoticeOneofCase.Taken;
}
