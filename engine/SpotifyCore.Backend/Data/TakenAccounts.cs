using System.Globalization;
using System.Threading.Channels;

namespace SpotifyCore.Backend.Data;

/// <summary>
/// Accounts of which it is said that they play elsewhere, until they are looked at: all, where that is said faster. Safe for
/// many threads.
/// </summary>
internal sealed class TakenAccounts
{
    private const int MaxWaiting = 1_024;

    private readonly Channel<long?> _told = Channel.CreateBounded<long?>(MaxWaiting);
    private int _isMissed;

    /// <summary>Notes what is said: an account's number, or anything else for any account.</summary>
    public void Note(string said)
    {
        long? account = long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        if (!_told.Writer.TryWrite(account))
            Volatile.Write(ref _isMissed, 1);
    }

    /// <summary>Has them looked at, one after the other, until <see cref="Complete"/>.</summary>
    public async Task FollowAsync(Action<long?> taken)
    {
        await foreach (var account in _told.Reader.ReadAllAsync())
            taken(Interlocked.Exchange(ref _isMissed, 0) == 1 ? null : account);
    }

    /// <summary>Nothing more is said.</summary>
    public void Complete() => _told.Writer.Complete();
}
