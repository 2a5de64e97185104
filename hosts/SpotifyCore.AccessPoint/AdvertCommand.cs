using SpotifyCore.Backend.Adverts;
using SpotifyCore.Content.Text;
using SpotifyCore.Hosting.Options;
using SpotifyCore.Hosting.Running;

namespace SpotifyCore.AccessPoint;

/// <summary>The <c>advert</c> command: which there are, and how often they were heard.</summary>
internal static class AdvertCommand
{
    /// <summary>How each is called, for <see cref="HostProgram.Commands"/>.</summary>
    public static readonly HostCommand[] Commands =
    [
        new("advert list", "Lists the adverts by campaign, where and when they are heard, and how often they were."),
        new(
            "advert remove CAMPAIGN|ID",
            "Takes out all adverts of a campaign, or one; how often they were heard stays listed."),
    ];

    private static readonly OperatorCommand Command = new("advert", new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["list"] = [], ["remove"] = ["CAMPAIGN|ID"],
    });

    public static bool IsMeant(string[] args) => args is ["advert", ..];

    public static Task<int> RunAsync(HostProgram program, string[] args) => Command.RunAsync(
        program, args, static (words, data) => Task.FromResult(Do(words, data.Existing<AdvertStore>())));

    private static string Do(string[] words, AdvertStore adverts) => words switch
    {
        ["remove", var name] => adverts.Remove(name) switch
        {
            0 => throw new OptionsException($"there is no campaign and no advert '{PlainText.Of(name)}'"),
            1 => "1 advert removed",
            var count => $"{count} adverts removed",
        },
        _ => List(adverts.List()),
    };

    private static string List(IReadOnlyList<ListedAdvert> adverts) => adverts.Count == 0
        ? "There are no adverts."
        : string.Join(Environment.NewLine, adverts.GroupBy(static one => one.Campaign).SelectMany(static campaign =>
            campaign.Select(Describe).Prepend(
                $"{PlainText.Of(campaign.Key)}: heard {campaign.Sum(static one => one.Heard)} times")));

    private static string Describe(ListedAdvert advert) => advert.Title is null
        ? $"  {advert.Id}  heard {advert.Heard}  removed"
        : $"  {advert.Id}  heard {advert.Heard}  weight {advert.Weight}  {advert.Length.TotalSeconds:F0} s  "
            + $"{(advert.Countries.Count == 0 ? "everywhere" : string.Join(',', advert.Countries))}  {DaysOf(advert)}"
            + $"  {advert.Title}";

    private static string DaysOf(ListedAdvert advert)
    {
        var first = advert.Begins > DateTimeOffset.UnixEpoch ? $"from {advert.Begins:yyyy-MM-dd} " : "";
        return advert.Ends is { } ends ? $"{first}until {ends.AddTicks(-1):yyyy-MM-dd}" : first.Length > 0 ? first.Trim() : "always";
    }
}
