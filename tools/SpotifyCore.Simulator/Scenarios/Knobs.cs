using System.Globalization;
using System.Reflection;
using SpotifyCore.Client.Core;
namespace SpotifyCore.Simulator.Scenarios;
public static class Knobs
{
    static readonly string Text = Environment.GetEnvironmentVariable("POLICY") ?? "";
    static readonly SortedDictionary<string, (long Plays, long Prod, long Peers, long Unplayed)> Sum = [];
    public static void Count(in SpotifyCore.Harness.Clients.PlayRecord r, int others)
    {
        var b = r.Bytes;
        long prod = b.Played(SpotifyCore.Content.Sources.Tier.Production) + b.Played(SpotifyCore.Content.Sources.Tier.Master);
        long fp = b.Fetched(SpotifyCore.Content.Sources.Tier.Production) + b.Fetched(SpotifyCore.Content.Sources.Tier.Master);
        long peers = b.Played(SpotifyCore.Content.Sources.Tier.Peers);
        var key = (r.Client.Spec.IsPhone ? "phone" : "home ") + (r.IsClick ? " click " : " follow") + (others == 0 ? " nobody" : others < 3 ? " 1-2   " : " 3+    ") + (b.Search == 0 ? " none " : " found");
        var s = Sum.GetValueOrDefault(key);
        Sum[key] = (s.Plays + (prod + peers + fp > 0 ? 1 : 0), s.Prod + prod, s.Peers + peers, s.Unplayed + fp - prod);
    }
    public static void Print()
    {
        long all = Sum.Values.Sum(v => v.Prod);
        foreach (var (k, v) in Sum) Console.WriteLine($"CAT {k} plays {v.Plays} prod {v.Prod / 1e6:F1} MB ({100.0 * v.Prod / Math.Max(1, all):F1} %) peers {v.Peers / 1e6:F1} MB unplayed {v.Unplayed/1e6:F1}");
    }
    public static ClientCoreOptions Core()
    {
        var o = new ClientCoreOptions();
        foreach (var kv in Text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var (path, value) = (kv.Split('=')[0].Split('.'), kv.Split('=')[1]);
            object target = o;
            foreach (var part in path[..^1]) target = target.GetType().GetProperty(part)!.GetValue(target)!;
            var p = target.GetType().GetProperty(path[^1]) ?? throw new Exception(kv);
            object v = p.PropertyType == typeof(TimeSpan) ? TimeSpan.FromSeconds(double.Parse(value, CultureInfo.InvariantCulture))
                : p.PropertyType.IsEnum ? Enum.Parse(p.PropertyType, value)
                : Convert.ChangeType(value, p.PropertyType, CultureInfo.InvariantCulture);
            p.SetValue(target, v);
        }
        return o;
    }
}
