using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Uploads;

/// <summary>A peer that may be served.</summary>
/// <param name="link">Its connection.</param>
/// <param name="account">Its account.</param>
/// <param name="files">Files for which it may be served at a time.</param>
internal sealed class UploadTaker(Link link, UploadAccount account, int files)
{
    public Link Link { get; } = link;

    public UploadAccount Account { get; } = account;

    /// <summary>What it may be served.</summary>
    public UploadAccess Access { get; } = new(files);

    /// <summary>Its requests that wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>Chunks on their way to it.</summary>
    public int Sending { get; private set; }

    /// <summary>Of those, how many it keeps for later.</summary>
    public int SendingForLater { get; private set; }

    /// <summary>Of those, how many have had their time.</summary>
    public int Overdue { get; set; }

    /// <summary>When it was served last, in turns.</summary>
    public long Turn { get; private set; }

    /// <summary>
    /// True when it took slowly the last time, its account did not take what it asked for, or it has shown nothing yet.
    /// </summary>
    public bool MayBeSlow(UploadAccounts accounts, UploadOptions options, Instant now) =>
        Link.TakesSlowly || Link.Given < options.ShownAfterBytes || accounts.HasStalled(Account, now);

    /// <summary>Requests of it begin to wait, or with a negative figure wait no more.</summary>
    public void Wait(int requests)
    {
        Waiting += requests;
        Account.Waiting += requests;
    }

    /// <summary>One more chunk is on its way to it from now on.</summary>
    public void Begin(long turn, RequestPriority priority)
    {
        Sending++;
        SendingForLater += priority == RequestPriority.OfflineSync ? 1 : 0;
        Account.Sending++;
        Turn = Account.Turn = turn;
    }

    /// <summary>One of them is no more.</summary>
    public void End(RequestPriority priority)
    {
        Sending--;
        SendingForLater -= priority == RequestPriority.OfflineSync ? 1 : 0;
        Account.Sending--;
    }
}
