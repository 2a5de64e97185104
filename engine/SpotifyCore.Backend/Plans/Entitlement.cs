using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Plans;

/// <summary>What an account may do on one kind of device at one time, and until when that stays so by itself.</summary>
/// <param name="Plan">By which plan.</param>
/// <param name="Until">When the plan lapses; <see cref="Subscription.NoEnd"/> where it does not.</param>
internal sealed record Entitlement(Plan Plan, DateTimeOffset Until)
{
    private const int MostOfOthers = 160_000;
    private const int MostOfPremium = 320_000;

    /// <summary>Whether the plan is there in the account's country; without it nothing can be heard.</summary>
    public required bool IsOffered { get; init; }

    /// <summary>Whether tracks are played as they are chosen.</summary>
    public required bool IsOnDemand { get; init; }

    /// <summary>Whether adverts are heard between tracks.</summary>
    public required bool HasAdverts { get; init; }

    /// <summary>Bits a second of the best files that are given.</summary>
    public required int MaxBitsPerSecond { get; init; }

    /// <summary>Whether the device is one of the swarm; else it fetches from servers alone.</summary>
    public required bool UsesPeers { get; init; }

    /// <summary>Whether music is kept for times without a network.</summary>
    public required bool KeepsOffline { get; init; }

    /// <summary>What a plan gives.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="until">When it lapses.</param>
    /// <param name="device">What the client said that it is.</param>
    /// <param name="isFreeOffered">Whether who pays nothing may listen in the account's country.</param>
    public static Entitlement Of(Plan plan, DateTimeOffset until, DeviceKind device, bool isFreeOffered)
    {
        var isOffered = isFreeOffered || plan != Plan.Free;
        var isDesktop = device != DeviceKind.Phone;
        return new Entitlement(plan, until)
        {
            IsOffered = isOffered,
            IsOnDemand = isOffered && (isDesktop || plan == Plan.Premium),
            HasAdverts = plan == Plan.Free,
            MaxBitsPerSecond = plan == Plan.Premium ? MostOfPremium : MostOfOthers,
            UsesPeers = isOffered && MayUsePeers(device),
            KeepsOffline = isDesktop && plan == Plan.Premium,
        };
    }

    /// <summary>Whether a kind of device is one of the swarm, whatever the plan.</summary>
    public static bool MayUsePeers(DeviceKind device) => device != DeviceKind.Phone;

    /// <summary>Whether a file of so many bits a second may be played as it is chosen.</summary>
    public bool Allows(int bitsPerSecond) => IsOnDemand && bitsPerSecond <= MaxBitsPerSecond;
}
